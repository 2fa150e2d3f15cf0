"""Invented names in both languages: roots and endings from which a million mostly distinct names are put together.

Each entry is "Persian|latin"; an underscore is a half-space. The latin form is used for addresses only.
"""

from __future__ import annotations


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(fa.replace("_", "\u200c"), latin) for fa, _bar, latin in (word.partition("|") for word in text.split())]


WOMEN = _pairs("""
نگار|negar فاطمه|fatemeh زهرا|zahra مریم|maryam سارا|sara لیلا|leila نرگس|narges مینا|mina شیرین|shirin
پریسا|parisa الهام|elham سمیرا|samira مهسا|mahsa نازنین|nazanin یاسمن|yasaman سپیده|sepideh بهاره|bahareh
آزاده|azadeh شقایق|shaghayegh ریحانه|reyhaneh هانیه|hanieh محدثه|mohadeseh مائده|maedeh حدیث|hadis
کوثر|kosar رقیه|roghayeh سکینه|sakineh معصومه|masoumeh طاهره|tahereh صدیقه|sedigheh اعظم|azam اکرم|akram
اشرف|ashraf پروین|parvin مهین|mahin شهین|shahin ژاله|zhaleh لاله|laleh نسرین|nasrin نسترن|nastaran
یگانه|yeganeh ستاره|setareh پریناز|parinaz گلناز|golnaz مهناز|mahnaz فرناز|farnaz ساناز|sanaz الناز|elnaz
بهناز|behnaz شهناز|shahnaz مهتاب|mahtab آفتاب|aftab رویا|roya رعنا|rana ترانه|taraneh فرزانه|farzaneh
افسانه|afsaneh جمیله|jamileh حمیده|hamideh سعیده|saeideh وحیده|vahideh فریده|farideh ناهید|nahid
خورشید|khorshid ژینا|zhina کژال|kazhal روژان|rozhan آیسان|aysan آیلین|aylin سولماز|solmaz سویل|sevil
ارغوان|arghavan بنفشه|banafsheh آناهیتا|anahita آتوسا|atousa تهمینه|tahmineh گردآفرید|gordafarid مانا|mana
هستی|hasti باران|baran دریا|darya صبا|saba صدف|sadaf مرجان|marjan غزل|ghazal غزاله|ghazaleh شبنم|shabnam
شادی|shadi شیوا|shiva شهره|shohreh شکوفه|shokoufeh عاطفه|atefeh عسل|asal عطیه|atieh فائزه|faezeh
فرشته|fereshteh فروغ|forough کتایون|katayoun کیمیا|kimia گلاره|gelareh گلنوش|golnoush مژگان|mozhgan
منیژه|manizheh مهرانه|mehraneh مهشید|mahshid میترا|mitra نادیا|nadia ندا|neda نیلوفر|niloufar نوشین|noushin
هدی|hoda هما|homa یلدا|yalda
""")
MEN = _pairs("""
علی|ali حسین|hossein حسن|hasan رضا|reza محمد|mohammad مهدی|mahdi امیر|amir احمد|ahmad محمود|mahmoud
سعید|saeed وحید|vahid حمید|hamid مجید|majid رشید|rashid فرید|farid نوید|navid امید|omid جاوید|javid
بهزاد|behzad بهرام|bahram بهروز|behrouz بهنام|behnam بیژن|bizhan منوچهر|manouchehr ایرج|iraj تورج|touraj
فریدون|fereydoun جمشید|jamshid سیاوش|siavash سهراب|sohrab رستم|rostam زال|zal گودرز|goudarz گیو|giv طوس|tous
کاوه|kaveh کیان|kian کامران|kamran کامیار|kamyar کیوان|keyvan کوروش|kourosh داریوش|dariush خشایار|khashayar
اردشیر|ardeshir شاپور|shapour یزدگرد|yazdgerd پرویز|parviz فرهاد|farhad فرزاد|farzad فرشاد|farshad
فرامرز|faramarz فرخ|farrokh آرش|arash آرین|arian آرمان|arman آراز|araz بابک|babak پویا|pouya پیمان|peyman
پدرام|pedram پژمان|pezhman تیرداد|tirdad حامد|hamed خسرو|khosrow داوود|davoud رامین|ramin روزبه|rouzbeh
ساسان|sasan سامان|saman سالار|salar سروش|soroush سپهر|sepehr شاهین|shahin شهاب|shahab شهریار|shahriar
شهرام|shahram صادق|sadegh صابر|saber طاها|taha عباس|abbas عماد|emad عرفان|erfan غلام|gholam قاسم|ghasem
کریم|karim کاظم|kazem کمال|kamal ماهان|mahan مازیار|maziar مانی|mani مرتضی|morteza مصطفی|mostafa
مسعود|masoud منصور|mansour میلاد|milad مهران|mehran مهرداد|mehrdad نادر|nader ناصر|naser نیما|nima هادی|hadi
هاشم|hashem هومن|houman یاشار|yashar یوسف|yousef یونس|younes ابراهیم|ebrahim اسماعیل|esmaeil ایوب|ayoub
جعفر|jafar جواد|javad حبیب|habib خلیل|khalil ذبیح|zabih رحیم|rahim رحمان|rahman رسول|rasoul سلیمان|soleyman
شعبان|shaban صفر|safar ظفر|zafar عزیز|aziz عظیم|azim فاضل|fazel قربان|ghorban لطیف|latif محسن|mohsen
مختار|mokhtar مراد|morad مقصود|maghsoud نعمت|nemat نصرت|nosrat هدایت|hedayat یعقوب|yaghoub یدالله|yadollah
فتح|fath
""")
DOUBLE = _pairs("محمد|mohammad امیر|amir علی|ali سید|seyed غلام|gholam عبد|abd میر|mir شاه|shah")
SECOND = _pairs(
    "رضا|reza حسین|hossein علی|ali مهدی|mahdi حسن|hasan جواد|javad صادق|sadegh طاها|taha امین|amin پارسا|parsa"
)
# What families are called after besides the first names above: crafts, virtues, things.
ROOTS = _pairs("""
کشاورز|keshavarz آهنگر|ahangar زرگر|zargar نجار|najjar خیاط|khayyat عطار|attar بزاز|bazzaz قناد|ghannad
صراف|sarraf مسگر|mesgar نقاش|naghash دباغ|dabbagh سراج|serraj جراح|jarrah حکیم|hakim طبیب|tabib معمار|memar
نعلبند|nalband شیشه_گر|shishegar کفاش|kaffash سماک|sammak صابون|saboun چینی|chini ابریشم|abrisham گلاب|golab
زعفران|zaferan شکر|shekar نمک|namak الماس|almas یاقوت|yaghout مروارید|morvarid فیروز|firouz زمرد|zomorrod
مرمر|marmar فولاد|foulad پولاد|poulad سنگ|sang کوه|kouh دشت|dasht رود|roud چشمه|cheshmeh باغ|bagh
گلستان|golestan بوستان|boustan لاله|laleh سرو|sarv صنوبر|senobar چنار|chenar بلوط|balout شاهین|shahin
عقاب|oghab شیر|shir پلنگ|palang غزال|ghazal طاووس|tavous هما|homa سیمرغ|simorgh آذر|azar بهمن|bahman
مهر|mehr آبان|aban تیر|tir خرداد|khordad شهریور|shahrivar فروردین|farvardin نوروز|norouz یلدا|yalda
سحر|sahar صبح|sobh روشن|roshan درخشان|derakhshan تابان|taban نورانی|nourani پاک|pak نیک|nik راست|rast
درست|dorost دانا|dana هنر|honar سخن|sokhan دبیر|dabir منشی|monshi وزیر|vazir امین|amin خان|khan بیگ|beyg
آقا|agha میرزا|mirza خواجه|khajeh شیخ|sheykh ملا|molla حاجی|haji کربلا|karbala مکه|makkeh رمضان|ramezan
محرم|moharram رجب|rajab شریف|sharif نجیب|najib اصیل|asil کبیر|kabir صغیر|saghir قدیم|ghadim جدید|jadid
باقر|bagher نقی|naghi تقی|taghi عسگر|asgar اکبر|akbar اصغر|asghar فضل|fazl لطف|lotf رحمت|rahmat برکت|barekat
عنایت|enayat حشمت|heshmat شوکت|shokat عزت|ezzat دولت|dolat ثروت|servat قدرت|ghodrat سلطان|soltan
""")
ENDINGS = _pairs("""
ی|i یان|ian پور|pour زاده|zadeh _زاده|zadeh نیا|nia فر|far _نژاد|nejad نژاد|nejad وند|vand خواه|khah
دوست|doust پرست|parast لو|lou چی|chi یار|yar مند|mand گر|gar راد|rad منش|manesh
""")
PLACES = _pairs("""
تهرانی|tehrani اصفهانی|esfahani شیرازی|shirazi تبریزی|tabrizi مشهدی|mashhadi کرمانی|kermani یزدی|yazdi
قمی|ghomi رشتی|rashti گیلانی|gilani مازندرانی|mazandarani همدانی|hamedani کاشانی|kashani اراکی|araki
زنجانی|zanjani اردبیلی|ardabili ارومیه_ای|oroumiei کردستانی|kordestani سنندجی|sanandaji لرستانی|lorestani
خوزستانی|khouzestani اهوازی|ahvazi دزفولی|dezfouli شوشتری|shoushtari بهبهانی|behbahani بوشهری|boushehri
لاری|lari جهرمی|jahromi فسایی|fasaei کازرونی|kazerouni بندری|bandari هرمزی|hormozi زاهدانی|zahedani
بلوچی|balouchi سیستانی|sistani بیرجندی|birjandi نیشابوری|neyshabouri سبزواری|sabzevari قوچانی|ghouchani
بجنوردی|bojnourdi گرگانی|gorgani ترکمن|torkaman ساروی|saravi آملی|amoli بابلی|baboli نوری|nouri
تنکابنی|tonekaboni لاهیجانی|lahijani لنگرودی|langaroudi انزلی|anzali تالشی|taleshi خلخالی|khalkhali
مراغه_ای|maraghei مرندی|marandi خویی|khoei ماکویی|makouei قزوینی|ghazvini ساوجی|saveji تفرشی|tafreshi
محلاتی|mahallati گلپایگانی|golpayegani خوانساری|khansari نجف_آبادی|najafabadi شهرضایی|shahrezaei
اردستانی|ardestani نائینی|naeini میبدی|meybodi اردکانی|ardakani بافقی|bafghi رفسنجانی|rafsanjani
سیرجانی|sirjani بمی|bami جیرفتی|jirofti طبسی|tabasi فردوسی|ferdowsi قائنی|ghaeni تربتی|torbati جامی|jami
هراتی|herati کابلی|kaboli بلخی|balkhi بخارایی|bokharaei سمرقندی|samarghandi سمنانی|semnani دامغانی|damghani
شاهرودی|shahroudi ورامینی|varamini دماوندی|damavandi طالقانی|taleghani الموتی|alamouti ملایری|malayeri
نهاوندی|nahavandi بروجردی|boroujerdi خرم_آبادی|khorramabadi کرمانشاهی|kermanshahi ایلامی|ilami اصل|asl
مقدم|moghaddam زند|zand قاجار|ghajar افشار|afshar بیات|bayat شاملو|shamlou
""")
WESTERN_FIRST = _pairs("""
James| Mary| John| Linda| Robert| Susan| Michael| Karen| William| Nancy| David| Lisa| Richard| Betty|
Joseph| Helen| Thomas| Sandra| Charles| Donna| Daniel| Carol| Matthew| Ruth| Anthony| Sharon| Donald| Laura|
Steven| Sarah| Paul| Kimberly| Andrew| Deborah| Joshua| Jessica| Kenneth| Emily| Kevin| Amanda| Brian|
Melissa| George| Stephanie| Edward| Rebecca| Ronald| Sophia| Timothy| Olivia| Jason| Emma| Jeffrey| Hannah|
Ryan| Julia| Jacob| Grace| Gary| Victoria| Nicholas| Rachel| Eric| Samantha|
""")
WESTERN_LAST = _pairs("""
Smith| Johnson| Williams| Brown| Jones| Garcia| Miller| Davis| Rodriguez| Martinez| Hernandez| Lopez|
Gonzalez| Wilson| Anderson| Taylor| Moore| Jackson| Martin| Lee| Perez| Thompson| White| Harris| Sanchez|
Clark| Ramirez| Lewis| Robinson| Walker| Young| Allen| King| Wright| Scott| Torres| Nguyen| Hill| Flores|
Green| Adams| Nelson| Baker| Hall| Rivera| Campbell| Mitchell| Carter| Roberts| Gomez| Phillips| Evans|
Turner| Diaz| Parker| Cruz| Edwards| Collins| Reyes| Stewart| Morris| Morales| Murphy| Cook| Rogers|
Gutierrez| Ortiz| Morgan| Cooper| Peterson| Bailey| Reed| Kelly| Howard| Ramos| Kim| Cox| Ward| Richardson|
Watson| Schmidt| Schneider| Fischer| Weber| Meyer| Wagner| Becker| Schulz| Hoffmann| Koch| Bauer| Richter|
Klein| Wolf| Neumann| Schwarz|
""")
TRADES = _pairs("""
شرکت|co بازرگانی|trading تولیدی|manufacturing صنایع|industries گروه_صنعتی|group فروشگاه|store
پخش|distribution کارخانه|factory مهندسی|engineering فنی_مهندسی|technical خدمات|services
پیمانکاری|contracting داروسازی|pharma درمانگاه|clinic بیمارستان|hospital آموزشگاه|institute مدرسه|school
هتل|hotel رستوران|restaurant قنادی|confectionery چاپ|printing انتشارات|publishing کشت_و_صنعت|agro
دامداری|dairy لبنیات|milk نساجی|textile پوشاک|clothing مبلمان|furniture فولاد|steel سیمان|cement کاشی|tile
پتروشیمی|petro نرم_افزاری|software رایانه|computer حمل_و_نقل|transport گردشگری|tourism بیمه|insurance
کارگزاری|brokerage تعاونی|cooperative
""")
SYLLABLES = _pairs("""
آر|ar پا|pa کی|ki نو|no سا|sa ما|ma تا|ta دا|da را|ra بی|bi شا|sha فا|fa گل|gol مهر|mehr به|beh پر|par
زر|zar سی|si نی|ni تو|to رو|ro سو|so هو|ho یا|ya وا|va خا|kha ژی|zhi چا|cha جا|ja لا|la کو|ko مو|mo دو|do
فر|far آذ|az آو|av ای|i او|ou هی|hi
""")
LAST_SYLLABLES = _pairs("""
من|man ران|ran سان|san وش|vash مان|man تاش|tash کو|kou نا|na دیس|dis رام|ram گان|gan وند|vand بان|ban
زین|zin تک|tek سازان|sazan گستر|gostar پرداز|pardaz آرا|ara آفرین|afarin یاران|yaran کار|kar پیما|peyma
نور|nour تاب|tab فام|fam رنگ|rang
""")
QUALITIES = _pairs("""
پارس|pars ایران|iran خاور|khavar باختر|bakhtar شرق|shargh غرب|gharb جنوب|jonoub شمال|shomal مرکزی|markazi
نوین|novin برتر|bartar پیشرو|pishro جهان|jahan آسیا|asia خلیج|khalij البرز|alborz زاگرس|zagros
دماوند|damavand کویر|kavir خزر|khazar ارس|aras کارون|karoun هیرمند|hirmand سهند|sahand سبلان|sabalan
الوند|alvand بینالود|binaloud هامون|hamoun مکران|makran توران|touran
""")
WESTERN_TRADES = _pairs(
    "Trading| Industries| Group| Systems| Logistics| Foods| Energy| Pharma| Textiles| Software| Partners| Works|"
)
CITIES = (
    ("تهران", "تهران", "21"),
    ("اصفهان", "اصفهان", "31"),
    ("مشهد", "خراسان رضوی", "51"),
    ("شیراز", "فارس", "71"),
    ("تبریز", "آذربایجان شرقی", "41"),
    ("کرج", "البرز", "26"),
    ("اهواز", "خوزستان", "61"),
    ("قم", "قم", "25"),
    ("رشت", "گیلان", "13"),
    ("کرمان", "کرمان", "34"),
    ("یزد", "یزد", "35"),
    ("ساری", "مازندران", "11"),
    ("همدان", "همدان", "81"),
    ("ارومیه", "آذربایجان غربی", "44"),
    ("کرمانشاه", "کرمانشاه", "83"),
    ("قزوین", "قزوین", "28"),
    ("اراک", "مرکزی", "86"),
    ("بندرعباس", "هرمزگان", "76"),
    ("زنجان", "زنجان", "24"),
    ("گرگان", "گلستان", "17"),
    ("سنندج", "کردستان", "87"),
    ("بوشهر", "بوشهر", "77"),
    ("زاهدان", "سیستان و بلوچستان", "54"),
    ("خرم\u200cآباد", "لرستان", "66"),
    ("اردبیل", "اردبیل", "45"),
    ("شهرکرد", "چهارمحال و بختیاری", "38"),
    ("سمنان", "سمنان", "23"),
    ("ایلام", "ایلام", "84"),
    ("بیرجند", "خراسان جنوبی", "56"),
    ("بجنورد", "خراسان شمالی", "58"),
    ("یاسوج", "کهگیلویه و بویراحمد", "74"),
    ("", "", "21"),
)
JOBS = (
    "مدیر خرید",
    "مدیر فروش",
    "کارشناس خرید",
    "حسابدار",
    "مدیر مالی",
    "مدیرعامل",
    "مهندس",
    "معلم",
    "پزشک",
    "پرستار",
    "مدیر تدارکات",
    "مسئول انبار",
    "وکیل",
    "کشاورز",
    "Buyer",
    "Accountant",
    "",
)
MAIL = ("mail.example", "post.example", "nama.example", "payam.example")
CATEGORIES = ("مشتری ویژه", "مشتری عمده", "مشتری خرد", "همکار تجاری", "دولتی", "دانشجویی")
TAGS = tuple(f"{word} {turn}" for word in ("نمایشگاه", "طرح", "جشنواره", "معرفی", "کارزار") for turn in range(1, 9))
