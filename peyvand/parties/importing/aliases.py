"""The heads under which tables call the fields of a customer, and words for choices besides our own labels.

Persian and English; compared by `search_norm`.
"""

_HEADS = {
    "id": "id|number of the record|شماره رکورد|شناسه|شماره مشتری|party id|peyvand id",
    "kind": "kind|type|نوع|نوع مشتری|نوع شخص|نوع شخصیت|customer type",
    "name": "name|full name|نام و نام خانوادگی|نام کامل|نام|نام مشتری|fn|display name|نام نمایشی",
    "first_name": "first name|given name|firstname|نام کوچک|اسم",
    "last_name": "last name|surname|family name|lastname|نام خانوادگی|فامیلی|فامیل",
    "honorific": "honorific|title prefix|prefix|لقب|پیشوند|عنوان خطاب|خطاب",
    "job_title": "job title|position|role title|title|سمت|عنوان شغلی|پست سازمانی",
    "organisation": (
        "organisation|organization|company|company name|account|employer|شرکت|سازمان|نام شرکت|نام سازمان|محل کار"
    ),
    "organisation_legal_id": "company national id|organisation national id|شناسه ملی شرکت|شناسه ملی سازمان",
    "mobile": (
        "mobile|mobile phone|cell|cell phone|موبایل|تلفن همراه|همراه|شماره موبایل|شماره همراه|موبایل ۱|موبایل ۲"
    ),
    "phone": (
        "phones|all phones|همه تلفن‌ها|"
        "phone|telephone|tel|phone number|تلفن|تلفن ثابت|شماره تلفن|شماره تماس|شماره|تلفن ۱|تلفن ۲|تماس"
    ),
    "phone_work": "work phone|business phone|office phone|تلفن محل کار|تلفن شرکت|تلفن دفتر|تلفن کار",
    "phone_home": "home phone|تلفن منزل|تلفن خانه",
    "email": (
        "emails|all e-mails|همه ایمیل‌ها|"
        "email|e-mail|e mail|mail|email address|ایمیل|پست الکترونیک|پست الکترونیکی|رایانامه|نشانی ایمیل"
    ),
    "fax": "faxes|fax|fax number|فکس|نمابر|دورنگار",
    "messenger": "messengers|messenger|telegram|instagram|whatsapp|پیام‌رسان|تلگرام|اینستاگرام|واتساپ|شبکه اجتماعی",
    "preferred_channel": "preferred channel|راه تماس دلخواه|کانال ترجیحی",
    "preferred_from": "reachable from|preferred from|ساعت تماس از",
    "preferred_until": "reachable until|preferred until|ساعت تماس تا",
    "province": "province|state|region|استان",
    "city": "city|town|locality|شهر|شهرستان",
    "street": "address|street|street address|full address|نشانی|آدرس|نشانی کامل|آدرس کامل|خیابان",
    "postal_code": "postal code|post code|postcode|zip|zip code|کد پستی|کدپستی",
    "national_id": "national id|national code|کد ملی|کدملی|شماره ملی|national number",
    "legal_id": "legal id|شناسه ملی|شناسه ملی حقوقی|company id",
    "economic": "economic code|economic id|tax id|کد اقتصادی|شناسه مالیاتی",
    "registration": "registration number|شماره ثبت",
    "passport": "passport|passport number|گذرنامه|شماره گذرنامه|پاسپورت",
    "sheba": "sheba|iban|شبا|شماره شبا",
    "card": "card|bank card|card number|شماره کارت|کارت بانکی",
    "other": "external id|customer code|code|کد مشتری|کد|شماره اشتراک",
    "life_cycle": "life cycle|lifecycle|status|stage|وضعیت|چرخه عمر|مرحله",
    "roles": "roles|role|نقش|نقش‌ها|نوع ارتباط|relationship",
    "category": "category|customer group|دسته|دسته‌بندی|گروه|گروه مشتری|رده",
    "tags": "tags|tag|labels|keywords|برچسب|برچسب‌ها|تگ|کلیدواژه",
    "owner": "owner|assigned to|account owner|sales person|مسئول|کارشناس|کارشناس فروش|صاحب|مالک",
    "branch": "branch|office|شعبه|دفتر",
    "note": "note|notes|description|comment|remarks|یادداشت|توضیحات|توضیح|شرح|ملاحظات",
    "birth_date": "birth date|birthday|date of birth|dob|bday|تاریخ تولد|تولد",
    "gender": "gender|sex|جنسیت|جنس",
    "marital_status": "marital status|وضعیت تأهل|تأهل|تاهل",
    "children": "children|تعداد فرزند|فرزندان",
    "education": "education|degree|تحصیلات|مدرک تحصیلی",
    "occupation": "occupation|profession|job|شغل|حرفه",
    "income_band": "income|income band|درآمد",
    "language": "language|lang|زبان",
    "industry": "industry|sector|صنعت|حوزه فعالیت|زمینه فعالیت",
    "employees": "employees|number of employees|تعداد کارکنان|تعداد پرسنل",
    "founded_on": "founded|founded on|established|تاریخ تأسیس|تاریخ تاسیس",
    "website": "website|web|url|homepage|site|وب‌سایت|وبسایت|سایت",
    "interests": "interests|hobbies|علاقه‌مندی‌ها|علایق",
    "lifestyle": "lifestyle|سبک زندگی",
    "values": "values|ارزش‌ها",
    "personality": "personality|شخصیت",
    "motivations": "motivations|انگیزه‌ها",
    "pains": "pains|دغدغه‌ها",
}
ALIASES: dict[str, tuple[str, ...]] = {key: tuple(heads.split("|")) for key, heads in _HEADS.items()}
KINDS = {
    "حقیقی": "person", "شخص": "person", "فرد": "person", "individual": "person", "contact": "person",
    "حقوقی": "organisation", "شرکت": "organisation", "سازمان": "organisation", "company": "organisation",
    "organization": "organisation", "account": "organisation", "خانوار": "household",
}  # fmt: skip
SEXES = {
    "خانم": "woman", "زن": "woman", "مونث": "woman", "مؤنث": "woman", "female": "woman", "f": "woman",
    "آقا": "man", "آقای": "man", "مرد": "man", "مذکر": "man", "male": "man", "m": "man",
}  # fmt: skip
STUDIES = {
    "کارشناسی": "bachelor", "لیسانس": "bachelor", "فوق لیسانس": "master", "کارشناسی ارشد": "master",
    "دکتری": "doctor", "دکترا": "doctor", "phd": "doctor", "فوق دیپلم": "associate", "کاردانی": "associate",
    "زیر دیپلم": "school",
}  # fmt: skip
