"""Words that generated journals are made of. Nobody in them exists."""

NAMES = ["アクメ商事", "Borealis", "港屋", "Delta Foods", "Quill & Ink", "佐藤工業", "Harrow Vale", "凪の宿"]
PEOPLE = ["山田 花子", "Ana Ruiz", "佐藤", "J. O'Neil", "田中部長", "Mia Lund", "渡邊 修", "Tom"]
TAGS = ["retail", "osaka", "食品", "north", "referral", "新規", "slow-payer", "q4", "展示会", "partner"]
CHANNELS = ["call", "meeting", "mail", "visit", "event", "手紙"]
STATUSES = ["open", "answered", "accepted", "gone", "won", "lost", "not-now"]
LEVERS = ["price", "payment", "term", "scope", "timing", "testimonial", "coffee"]
WHATS = ["月額払い", "12 months", "お客様の声", "two on-site days", "early start", "10 % off", "a named contact", "分割"]
SENTENCES = [
    "一括前払いは厳しい",
    "budget is decided in December",
    "在庫の評価損が心配",
    "They asked for a second opinion",
    "wants it before the fair # not after",
    "役員会は12月10日",
    "price is fine, timing is not",
    'said "not this year", twice',
    "C:\\offers\\2026 holds the draft",
    "支払条件の相談",
    "the new buyer = cautious",
    "要フォロー [来週]",
    "who signs? the board",
    "ご提案は持ち帰り検討",
    "likes 'plain' answers",
    "紹介で来た",
]
REMARKS = [
    "ask again in spring",
    "先方の言葉のまま",
    "heard twice",
    "see [deal.web] = open",
    "ここから下は古い",
    "check with accounting",
    'he said "maybe"',
    "'''not a string",
    "要確認",
    "from the old notebook",
]
UNKNOWN = ["x-note", "x-ref", "x_id", "ラベル", "mood", "colour", "x.score", "x.level"]
