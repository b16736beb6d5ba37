//! The keys of a notice: the one table that the reader, the schema and the hints share.

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One text.
    Text,
    /// A text or a list of texts.
    Texts,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// A date.
    Date,
    /// A number above zero.
    Number,
    /// A list of numbers above zero.
    Numbers,
    /// A number of millimetres up to this, to either side.
    Shift(f64),
    /// true or false.
    Flag,
    /// A list of rows of texts, or one row.
    Rows,
    /// 正文: a text, or a list of texts, tables and pictures.
    Body,
    /// These keys.
    Keys(&'static [Key]),
    /// A text, or these keys.
    TextOrKeys(&'static [Key]),
    /// These keys, or a list of such.
    KeysOrList(&'static [Key]),
    /// A text or these keys, or a list of such.
    Mixed(&'static [Key]),
    /// Any names with texts.
    Names,
}

/// A key: its name, its English alias, what stands behind it, what it is for.
#[derive(Debug)]
pub struct Key {
    /// The Chinese name.
    pub name: &'static str,
    /// The English name of the same key.
    pub alias: &'static str,
    /// What may stand behind it.
    pub shape: Shape,
    /// For the schema: what it is for, in Chinese.
    pub about: &'static str,
}

const fn key(
    name: &'static str,
    alias: &'static str,
    shape: Shape,
    about: &'static str,
) -> Key {
    Key { name, alias, shape, about }
}

/// 格式: the layouts.
pub const FORMATS: &[&str] = &["文件", "信函", "命令", "纪要", "简报"];

/// 文种: the fifteen kinds of the regulations.
pub const KINDS: &[&str] = &[
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告",
    "请示", "批复", "议案", "函", "纪要",
];

/// 对齐: how a column is aligned.
pub const ALIGNS: &[&str] = &["左", "中", "右"];

/// 表格.
pub const TABLE: &[Key] = &[
    key(
        "表头",
        "head",
        Shape::Rows,
        "表头各栏，跨页时重复；几层的写成几行：左右相同的合并（最后一行除外），下面空着或相同的向上合并",
    ),
    key("行", "rows", Shape::Rows, "各行，每行一个列表；一格内可以换行；从不合并"),
    key(
        "数据",
        "data",
        Shape::Text,
        "数据文件（.xlsx、.xls、.ods、.csv），第一行是表头；合并的单元格照样合并",
    ),
    key("工作表", "sheet", Shape::Text, "数据文件里工作表的名称；默认第一张"),
    key("列宽", "widths", Shape::Numbers, "各列的相对宽度，例如 [2, 6, 4]"),
    key("对齐", "aligns", Shape::Texts, "各列的对齐：左、中、右"),
];

/// 图片.
pub const PICTURE: &[Key] = &[
    key("文件", "file", Shape::Text, "图片文件（png、jpg、svg、gif、webp）"),
    key("说明", "caption", Shape::Text, "图片下方的说明"),
    key(
        "宽",
        "width",
        Shape::Number,
        "宽度，以字（一个三号字的宽）计，最多 28；前后两幅都不超过 13.5 的并排",
    ),
];

/// An item of 正文 that is not a text.
pub const BLOCK: &[Key] = &[
    key("表格", "table", Shape::Keys(TABLE), "一张表格"),
    key("图片", "picture", Shape::TextOrKeys(PICTURE), "一张图片"),
];

/// 印发件.
pub const ENCLOSURE: &[Key] = &[
    key("标题", "title", Shape::Text, "印发件的标题"),
    key("正文", "body", Shape::Body, "印发件的正文"),
    key("表格", "table", Shape::Keys(TABLE), "正文后的表格"),
    key("图片", "picture", Shape::TextOrKeys(PICTURE), "正文后的图片"),
];

/// 附件.
pub const ATTACHMENT: &[Key] = &[
    key("名称", "name", Shape::Text, "附件名称，用于附件说明和附件标题"),
    key("正文", "body", Shape::Body, "附件的正文"),
    key("表格", "table", Shape::Keys(TABLE), "附件的表格"),
    key("图片", "picture", Shape::TextOrKeys(PICTURE), "附件的图片"),
    key("横排", "landscape", Shape::Flag, "true 为横排"),
    key(
        "另附",
        "detached",
        Shape::Flag,
        "true 为不与正文装订在一起：左上角排发文字号和“附件”及序号",
    ),
];

/// 印章.
pub const SEAL: &[Key] = &[
    key("图片", "image", Shape::Text, "印章图片，背景透明的 png 或 svg"),
    key("直径", "diameter", Shape::Number, "直径，毫米；默认 42"),
];

/// 签名章.
pub const STAMP: &[Key] = &[
    key("职务", "post", Shape::Text, "签发人职务"),
    key("图片", "image", Shape::Text, "签名章图片"),
    key("姓名", "name", Shape::Text, "没有图片时印出的姓名"),
];

/// 印发.
pub const PRINTING: &[Key] = &[
    key("机关", "office", Shape::Text, "印发机关"),
    key("日期", "date", Shape::Date, "印发日期；缺时用成文日期"),
    key("份数", "count", Shape::Number, "印数；简报印作“共印×份”，其他格式不印出"),
];

/// The keys of a notice.
pub const NOTICE: &[Key] = &[
    key(
        "格式",
        "format",
        Shape::Choice(FORMATS),
        "版面格式；文种是命令、纪要的默认相应格式，其余默认 文件",
    ),
    key("文种", "kind", Shape::Choice(KINDS), "法定文种，默认取标题末尾"),
    key("发文机关", "issuer", Shape::Texts, "发文机关全称；列表即联合行文，主办机关在前"),
    key(
        "发文机关标志",
        "masthead",
        Shape::Texts,
        "红头上的字；默认 发文机关+“文件”，信函不加字，命令加“令”，纪要加“会议纪要”，简报加“简报”",
    ),
    key(
        "发文字号",
        "number",
        Shape::Text,
        "如 云工发〔2026〕18号，命令可写 第3号；省略序号即草稿",
    ),
    key("份号", "copy_number", Shape::Text, "份号，一般六位数字"),
    key("密级", "secrecy", Shape::Text, "密级和保密期限，如 机密★1年"),
    key("紧急程度", "urgency", Shape::Text, "特急 或 加急"),
    key("签发人", "signers", Shape::Texts, "上行文的签发人；几位写成列表"),
    key("标题", "title", Shape::Text, "标题；不自己换行则自动断行；命令格式不印标题"),
    key("主送", "recipients", Shape::Texts, "主送机关；列表用“、”连接；简报印作“发送”"),
    key("正文", "body", Shape::Body, "正文，每行一段"),
    key(
        "印发件",
        "enclosure",
        Shape::KeysOrList(ENCLOSURE),
        "印发、转发、批转的文件；简报里是另外的文章",
    ),
    key(
        "附件",
        "attachments",
        Shape::Mixed(ATTACHMENT),
        "附件；只写名称的是另附的纸面附件",
    ),
    key("署名", "signature", Shape::Texts, "默认 发文机关；纪要、简报默认不署名"),
    key("成文日期", "date", Shape::Date, "2026-03-05 或 2026年3月5日"),
    key(
        "印章",
        "seal",
        Shape::Mixed(SEAL),
        "印章图片，几个机关的按署名的顺序写成列表；不写按不盖章排；本程序不画章",
    ),
    key(
        "签名章",
        "signature_stamp",
        Shape::KeysOrList(STAMP),
        "签发人签名章：职务，加图片或姓名；不与印章同用",
    ),
    key("附注", "note", Shape::Text, "附注；圆括号自动加"),
    key("抄送", "copies", Shape::Texts, "抄送机关"),
    key("印发", "printing", Shape::Keys(PRINTING), "印发机关和日期"),
    key("出席", "present", Shape::Texts, "纪要：出席人员"),
    key("请假", "absent", Shape::Texts, "纪要：请假人员"),
    key("列席", "attending", Shape::Texts, "纪要：列席人员"),
    key("期号", "issue", Shape::Text, "简报：期号；只写数字的印作“第×期”"),
    key("编印", "editor", Shape::Text, "简报：编印单位，排在红线左上方"),
    key("按语", "preface", Shape::Text, "简报：按语，排在标题前"),
    key("报送", "sent_to", Shape::Texts, "简报：报送单位，排在版记；发送单位写在“主送”"),
    key("双面", "duplex", Shape::Flag, "默认 true：版记落在偶数面"),
    key("参数", "params", Shape::Names, "供 {{ 名称 }} 使用的值"),
];

/// 机关 in the workspace file.
pub const BODY_OF_OFFICE: &[Key] = &[
    key("名称", "name", Shape::Text, "机关全称，与通知的 发文机关 对应"),
    key("代字", "codes", Shape::Texts, "机关代字，如 云工发"),
    key("印发机关", "printing_office", Shape::Text, "默认的印发机关"),
    key("印章", "seal", Shape::TextOrKeys(SEAL), "默认的印章"),
    key("抄送", "copies", Shape::Texts, "默认的抄送机关"),
];

/// The farthest that printing is moved on its paper, in mm: a printer that is off by more
/// has the wrong paper or scales the page.
pub const FARTHEST: f64 = 20.0;

/// 套打 in the workspace file.
pub const PREPRINT: &[Key] = &[
    key("右移", "right", Shape::Shift(FARTHEST), "套打时整页右移的毫米数；负数为左移"),
    key("下移", "down", Shape::Shift(FARTHEST), "套打时整页下移的毫米数；负数为上移"),
];

/// The keys of the workspace file `hongtou.yaml`.
pub const WORKSPACE: &[Key] = &[
    key("机关", "bodies", Shape::KeysOrList(BODY_OF_OFFICE), "本单位各机关"),
    key("模板", "templates", Shape::Text, "模板文件夹"),
    key("字体", "fonts", Shape::Text, "字体文件夹"),
    key("登记簿", "register", Shape::Text, "发文登记簿的位置，默认 登记簿.db"),
    key("归档", "archive", Shape::Text, "发出的 PDF 放进这个文件夹；默认放在通知旁边"),
    key("备份", "backups", Shape::Number, "登记簿留几份备份，默认 10"),
    key(
        "调整",
        "adjustment",
        Shape::Keys(LIMITS),
        "署名与正文分家时行距、字距可以调整多少",
    ),
    key(
        "套打",
        "preprint",
        Shape::Keys(PREPRINT),
        "套打的偏移，例如 {右移: 1.5, 下移: -0.8}",
    ),
];

/// 调整.
pub const LIMITS: &[Key] = &[
    key("行距", "line_pitch", Shape::Number, "行距最多调整百分之几，默认 3，0 为不调整"),
    key("字距", "char_pitch", Shape::Number, "字距最多调整百分之几，默认 3，0 为不调整"),
];

/// What a key is for, wherever it may stand.
pub fn about(name: &str) -> Option<&'static str> {
    let tables = [
        NOTICE, TABLE, PICTURE, PRINTING, SEAL, ATTACHMENT, ENCLOSURE, STAMP, WORKSPACE,
        LIMITS, PREPRINT,
    ];
    tables.into_iter().flatten().find(|key| key.name == name).map(|key| key.about)
}

/// The name nearest to a misspelt one, if any is near.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let near = |name: &&str| {
        let length = name.chars().count().max(word.chars().count());
        let distance = strsim::osa_distance(word, name);
        (distance, length)
    };
    names
        .map(|name| (near(&name), name))
        .filter(|((distance, length), _)| distance * 2 <= *length && distance < length)
        .min_by_key(|((distance, _), _)| *distance)
        .map(|(_, name)| name)
}
