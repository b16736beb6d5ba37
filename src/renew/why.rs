//! Why a year stays, or is doubtful though it moves.

/// The reason that is told with a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// What is forecast.
    Forecast,
    /// In the year after the notice's, to be reached or to take place.
    Next,
    /// Of the year before, and told of as done.
    Last,
    /// From or up to which something must be so.
    Condition,
    /// Of a term or contract.
    Term,
    /// On which a census counts.
    Census,
    /// Set by the state or the province.
    Above,
    /// Since then.
    Since,
    /// What has happened.
    Past,
    /// Over when the notice is written.
    Over,
    /// Perhaps over, in a notice without a date.
    Undated,
    /// Planned, or counted already.
    Counted,
    /// What comes to light in the course of the year.
    Found,
    /// Of what is done already.
    Rule,
    /// Beside a day without a year that lies before the notice.
    Reported,
    /// Named by the title as well, which moves.
    Titled,
    /// Of the year before.
    Before,
    /// Of no year that moves.
    Other,
    /// As no other year is.
    Unlike,
    /// Of a plan for several years.
    Several,
    /// The head over figures.
    Figures,
    /// One of several that stand below each other.
    Series,
    /// Of a class that is not the notice's.
    Class,
    /// No year.
    Amount,
    /// Four digits that may be anything.
    Unsure,
    /// The ends of a time.
    Range,
    /// Of last year, done in this one.
    Done,
    /// One of some in a row.
    Listed,
    /// Held against the year before.
    Compared,
    /// Of a number that is quoted.
    Quoted,
    /// Of a paper or meeting that is quoted.
    Paper,
    /// Of a standard.
    Standard,
    /// Of a law.
    Law,
    /// In the name of a document.
    Title,
    /// In the name of what is handed in.
    Form,
    /// Passed on.
    Forwarded,
    /// A part of a file's name.
    File,
    /// Of birth, by an age.
    Age,
    /// Of the last few years.
    Recent,
    /// Of papers of last year that are handed in.
    Asked,
    /// In the name of an event.
    Event,
    /// Moves in a sentence in which another stays.
    Moved,
    /// Stays in a sentence in which another moves.
    Left,
    /// Moves in a row in which another stays.
    RowMoved,
    /// Stays in a row in which another moves.
    RowLeft,
    /// In a row with a day of birth.
    Person,
}

impl Why {
    /// As it is told; what a person should look at ends with 请核对.
    pub fn wording(self) -> &'static str {
        match self {
            Self::Forecast => "预测的情况，请核对",
            Self::Next => "下一年的目标、活动，不一定一年一移，请核对",
            Self::Last => "上一年已经过去的事",
            Self::Condition => "条件里的起止，可能每年顺延，请核对",
            Self::Term => "任期、合同的期限，不一定一年一移，请核对",
            Self::Census => "普查、调查的标准时点，请核对",
            Self::Above => "上级定的实施时间，请核对",
            Self::Since => "往年以来",
            Self::Past => "已经过去的事",
            Self::Over => "这段时间在成文日期以前，请核对",
            Self::Undated => "没有成文日期，不知是不是已经过去的事，请核对",
            Self::Counted => "像是统计出来的数，请核对",
            Self::Found => "可能是已经查出来的，请核对",
            Self::Rule => "说的是已经办过的，请核对",
            Self::Reported => "旁边是成文日期以前的事，请核对",
            Self::Titled => "标题里同样的年份改了，请核对",
            Self::Before => "上一年的事，请核对",
            Self::Other => "不是本计划的年份",
            Self::Unlike => "只有这一年是这样，请核对",
            Self::Several => "几年的安排",
            Self::Figures => "下面的数是这段时间的，请核对",
            Self::Series => "几年排成一列，请核对",
            Self::Class => "早先的或作为起点的年级、届别，请核对",
            Self::Amount => "数量，不是年份",
            Self::Unsure => "没有写“年”，不知是不是年份",
            Self::Range => "跨年度的起止，请核对",
            Self::Done => "上一年的事在这一年办，请核对",
            Self::Listed => "几年并列，请核对",
            Self::Compared => "同上一年相比，请核对",
            Self::Quoted => "引用的文号",
            Self::Paper => "引用的文件、会议",
            Self::Standard => "标准的年份",
            Self::Law => "法规、文件的年份",
            Self::Title => "别的文件的名称",
            Self::Form => "要填写、签订、报送的，请核对",
            Self::Forwarded => "转发的文件",
            Self::File => "文件名",
            Self::Age => "出生的起止，请核对",
            Self::Recent => "最近几年的起止，请核对",
            Self::Asked => "要交的上一年材料，请核对",
            Self::Event => "活动名称里的年份，请核对",
            Self::Moved => "同一句里有的年份没有移，请核对",
            Self::Left => "同一句里有的年份移了，请核对",
            Self::RowMoved => "同一行里有的日期没有移，请核对",
            Self::RowLeft => "同一行里有的日期移了，请核对",
            Self::Person => "同一行里有出生年月，是这个人的事，请核对",
        }
    }
}
