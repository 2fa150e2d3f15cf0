"""The commands of `peyvand`: thin doors, each prepares the ground and calls one function."""
