//! `number` and its subcommands.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Help, TEMPLATE};
use crate::ledger::State;

/// `number`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    after_help = "例：\n  hongtou number next 云工发                   下一个号是几号（只看，不占用）\n  hongtou number reserve 云工发 --for 培训通知   留一个号\n  hongtou number list --year 2026              今年的登记簿\n  hongtou number gaps                          缺号、作废、重号、日期倒置"
)]
pub struct Number {
    /// 要做的事
    #[command(subcommand)]
    pub command: NumberCommand,
    #[command(flatten)]
    help: Help,
}

/// The subcommands of `number`.
#[derive(Debug, Subcommand)]
pub enum NumberCommand {
    /// 下一个号是几号：只看，不占用
    Next(Next),
    /// 留号：占用下一个号，以后再发文
    Reserve(Reserve),
    /// 作废一个号，写明原因
    Void(Void),
    /// 列出登记簿
    List(List),
    /// 查缺号、作废、重号、日期倒置
    Gaps(Gaps),
    /// 导入原有的登记簿（csv、xlsx），或一个文件夹的通知
    Import(Import),
    /// 一个号的经过
    History(History),
    /// 检查登记簿；没有结束的发文接着做完或撤销，损坏的从备份恢复
    Doctor(Doctor),
}

/// `number next`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou number next 云工发\n  hongtou number next 云工函 --year 2027"
)]
pub struct Next {
    /// 机关代字
    #[arg(value_name = "代字", help_heading = "参数")]
    pub code: String,
    /// 年份，默认今年
    #[arg(long, value_name = "年份", help_heading = "选项")]
    pub year: Option<u16>,
    #[command(flatten)]
    help: Help,
}

/// `number reserve`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "用途写成通知的文件名或标题，issue 那份通知时就用留的号。\n\n例：\n  hongtou number reserve 云工发 --for 培训通知.yaml\n  hongtou number reserve 云工发 --count 3 --for 第二季度急件"
)]
pub struct Reserve {
    /// 机关代字
    #[arg(value_name = "代字", help_heading = "参数")]
    pub code: String,
    /// 年份，默认今年
    #[arg(long, value_name = "年份", help_heading = "选项")]
    pub year: Option<u16>,
    /// 留几个，默认 1，最多 1000
    #[arg(
        long,
        value_name = "个数",
        default_value_t = 1,
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub count: u32,
    /// 用途，记在备注里
    #[arg(
        long = "for",
        value_name = "用途",
        default_value = "",
        hide_default_value = true,
        help_heading = "选项"
    )]
    pub purpose: String,
    #[command(flatten)]
    help: Help,
}

/// `number void`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "作废的号不再用。缺号也这样说明原因。\n\n例：\n  hongtou number void 云工发〔2026〕18号 --why 印错，已收回"
)]
pub struct Void {
    /// 发文字号
    #[arg(value_name = "发文字号", help_heading = "参数")]
    pub number: String,
    /// 原因
    #[arg(long, value_name = "原因", help_heading = "选项")]
    pub why: String,
    #[command(flatten)]
    help: Help,
}

/// `number list`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou number list --year 2026 --state 已发\n  hongtou number list --text 培训\n  hongtou number list --year 2026 -o 登记簿2026.xlsx"
)]
pub struct List {
    /// 只列这一年的
    #[arg(long, value_name = "年份", help_heading = "选项")]
    pub year: Option<u16>,
    /// 只列这个代字的
    #[arg(long, value_name = "代字", help_heading = "选项")]
    pub code: Option<String>,
    /// 只列这个机关的（名称的一部分也行）
    #[arg(long, value_name = "机关", help_heading = "选项")]
    pub body: Option<String>,
    /// 只列这种状态的：已留号、已发、作废
    #[arg(long, value_name = "状态", hide_possible_values = true, help_heading = "选项")]
    pub state: Option<StateName>,
    /// 只列字号、标题、主送、抄送或备注里有这些字的
    #[arg(long, value_name = "文字", help_heading = "选项")]
    pub text: Option<String>,
    /// 样式：table（默认，列成表）、csv、json、xlsx；写了 -o 时由后缀定
    #[arg(long, value_name = "样式", hide_possible_values = true, help_heading = "选项")]
    pub format: Option<ListFormat>,
    /// 写到这个文件；默认写到屏幕上
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    help: Help,
}

/// 状态 by its name.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum StateName {
    #[value(name = "已留号", alias = "reserved")]
    Reserved,
    #[value(name = "已发", alias = "issued")]
    Issued,
    #[value(name = "作废", alias = "void")]
    Void,
}

impl From<StateName> for State {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Reserved => Self::Reserved,
            StateName::Issued => Self::Issued,
            StateName::Void => Self::Void,
        }
    }
}

/// 样式 of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ListFormat {
    Table,
    Csv,
    Json,
    Xlsx,
}

/// `number gaps`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "有缺号、重号或日期倒置的，退出码是 1；作废的只列出来。\n\n例：\n  hongtou number gaps\n  hongtou number gaps --year 2026 --code 云工发"
)]
pub struct Gaps {
    /// 只查这一年的
    #[arg(long, value_name = "年份", help_heading = "选项")]
    pub year: Option<u16>,
    /// 只查这个代字的
    #[arg(long, value_name = "代字", help_heading = "选项")]
    pub code: Option<String>,
    #[command(flatten)]
    help: Help,
}

/// `number import`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "表格的第一行是表头，认得的有：发文字号、标题、密级、签发人、成文日期、印数、主送、抄送、状态、备注；\n除发文字号外都可以没有。文件夹里的通知（.yaml），有发文字号的都登记为已发。\n有一条不对，就一条也不导入。\n\n例：\n  hongtou number import 2025年登记簿.xlsx\n  hongtou number import 2025年发文/"
)]
pub struct Import {
    /// 登记簿文件（.csv、.xlsx、.xls、.ods），或存放通知的文件夹
    #[arg(value_name = "文件或文件夹", help_heading = "参数")]
    pub from: PathBuf,
    #[command(flatten)]
    help: Help,
}

/// `number history`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou number history 云工发〔2026〕18号"
)]
pub struct History {
    /// 发文字号
    #[arg(value_name = "发文字号", help_heading = "参数")]
    pub number: String,
    #[command(flatten)]
    help: Help,
}

/// `number doctor`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou number doctor"
)]
pub struct Doctor {
    /// Where fonts and templates come from.
    #[command(flatten)]
    pub tools: super::Tools,
    #[command(flatten)]
    help: Help,
}
