"""Words that say little about who somebody is, and given names that are no misspellings of one another."""

from peyvand.core.text import search_norm


def _folded(text: str) -> frozenset[str]:
    return frozenset(search_norm(text.replace("_", "\u200c")).split())


# Before a name. Only there: «حاجی» and «مهندس» also begin family names.
TITLES = _folded("""
سید سیده سادات حاج حاجی حاجیه مهندس دکتر آقای آقا خانم سرکار جناب استاد پروفسور سرهنگ سردار بانو دوشیزه
mr mrs ms miss dr eng prof sir madam seyed seyyed sayyed sayed seyyedeh haj haji hajj jenab
""")
# Titles that say whether a woman or a man is meant: «خانم احمدی» and «آقای احمدی» of one number are a couple.
OF_WOMEN = _folded("خانم سیده حاجیه بانو دوشیزه mrs ms miss madam seyyedeh")
OF_MEN = _folded("آقای آقا mr sir")
# After a name: «زهرا خانم», «رضا خان».
ENDINGS = _folded("خانم خان آقا جان")
# What the law calls a firm: it says nothing about which.
LEGAL_FORMS = _folded("""
شرکت شرکتهای سهامی خاص عام با مسئولیت محدود مسؤولیت تعاونی تضامنی و در حال تصفیه ثبت شماره
co company corp corporation inc incorporated llc ltd limited plc gmbh ag sa bv pjs pjsc the and of
""")
# What a firm does or calls itself: left out where firms are looked for, but two different ones tell them apart.
TRADES = _folded("""
بازرگانی گروه صنایع صنعتی موسسه مؤسسه فروشگاه فروشگاههای کارخانه کارخانجات تولیدی تجاری هلدینگ دفتر آژانس
نمایندگی مجتمع مجموعه کارگاه بنگاه خدمات مهندسی
trading group holding industries industrial store shop factory office agency institute services international
""")
FAMILY = _folded("خانواده family خانوار")

# Two of these that differ are two people, however few letters lie between them (حسن، حسین).
GIVEN_NAMES = _folded("""
علی حسین حسن رضا محمد محمود محمدی احمد حمید حامد مهدی هادی مهدیه هانیه سعید سعیده وحید وحیده مجید مجیده رشید
فرید فریده امیر امین امینه امید جواد جعفر کریم کاظم قاسم هاشم رحیم رحمان رحمت سلیمان سلمان ناصر نادر نصیر منصور
منصوره مسعود مسعوده میلاد مهران مهرداد مهشید مهسا مهناز مهین شهین شهناز شهرام بهرام بهروز بهزاد بهنام بهناز
پریسا پریا پروین پروانه پرویز پیمان پژمان پویا پوریا نرگس نسرین نسترن نسیم ندا نیما مینا مینو میترا سارا سمیرا
سمیه سمانه سمیر سامان ساسان سپیده سپهر سهراب سهیل سهیلا سحر سوسن لیلا لاله ژاله مریم مرضیه مرتضی مصطفی مجتبی
زهرا زهره زینب فاطمه فائزه فرزانه فرزاد فرزین فرشاد فرشته فرهاد فرهنگ فریبا فریدون فروغ ابراهیم اسماعیل اسحاق
یعقوب یوسف یونس یاسر یاسمن یاسین داوود داود دانیال داریوش کوروش کامران کامیار کیان کیوان کاوه آرش آرمان آرمین
آرین آرمیتا آیدا آیدین آزاده آزیتا الهام الهه الناز الهام المیرا اکبر اصغر اکرم اعظم اشرف عباس عظیم عزیز عزت عفت
عماد عرفان عارف عارفه عاطفه علیرضا محمدرضا محمدعلی غلامرضا حمیدرضا امیرحسین امیرعلی امیررضا محسن محدثه مهتاب
ali hossein hussein hasan hassan reza mohammad mahmoud ahmad hamid hamed mahdi hadi saeed vahid majid rashid farid
amir amin omid javad jafar karim kazem ghasem rahim rahman naser nader mansour masoud milad mehran mehrdad mahsa
mahnaz bahram behrouz behzad behnam mina mitra sara samira saman sasan maryam morteza mostafa zahra zohreh fatemeh
john james jean joan mary maria mark mike michael robert richard david daniel paul paula eric erica julia julie
""")

# Written with ی, read «a».
ENDS_IN_A = _folded("مصطفی مرتضی مجتبی موسی عیسی یحیی هدی کبری صغری طوبی سلمی لیلی عظمی مسیحی")
# Latin spellings that no letter rule leads to the Persian one.
KNOWN_SPELLINGS = {
    "fatima": "فاطمه", "fatma": "فاطمه", "khadija": "خدیجه", "aisha": "عایشه", "ayesha": "عایشه",
    "masouma": "معصومه", "masuma": "معصومه", "halima": "حلیمه", "rokhaya": "رقیه", "ruqayya": "رقیه",
    "zainab": "زینب", "zeynab": "زینب", "joseph": "یوسف", "mehdi": "مهدی", "abbasi": "عباسی",
}  # fmt: skip
