"""The one table of points: what each piece of evidence adds to, or takes from, the score of a pair.

The method is that of Fellegi and Sunter (1969), «A theory for record linkage»: each field that agrees adds the
logarithm of how much likelier that is for one customer written twice than for two customers, each that contradicts
takes some away. The relations between the points follow from how often a value is met by chance (a phone number
never, a city one time in twenty); their size was then set so that a name and one address make a sure pair, a name or
an address alone does not, and checked against the planted duplicates of `peyvand bench duplicates`.
"""

# A pair of POSSIBLE points is kept for whoever wants to look; from PROBABLE on it is proposed to people.
POSSIBLE, PROBABLE = 45, 60
SHARED_BY = 3  # an address that more parties have is a switchboard or a family's, and weighs less

WEIGHTS: dict[str, int] = {
    # Names: one of these for each pair.
    "name_same": 42,
    "name_turned": 40,  # the same words in another order
    "name_sounds": 38,  # letters of one sound: ص for س
    "name_script": 36,  # the same in the other script
    "name_near": 30,  # a typing error
    "name_close": 20,  # two of them, or one in a short name
    "name_part": 20,  # one has words that the other lacks
    "name_form": 24,  # firms of one name with another business
    "name_unlike": -8,
    "name_other": -35,
    # Ways to reach.
    "phone_same": 40,
    "phone_shared": 16,
    "phone_near": 18,  # one wrong digit
    "email_same": 42,
    "email_shared": 16,
    "email_near": 20,
    # Numbers of the state and of banks.
    "number_same": 75,
    "account_same": 30,
    # What else is known.
    "birth_same": 16,
    "place_same": 14,
    "organisation_same": 12,
    "city_same": 6,
    "city_other": -5,
    # What speaks against it.
    "gender_other": -20,
    "birth_other": -25,
    "kind_other": -30,
    "number_other": -60,
}
# Nothing of these is ever merged by itself.
CONTRADICTIONS = frozenset({"gender_other", "birth_other", "kind_other", "number_other", "name_other"})
