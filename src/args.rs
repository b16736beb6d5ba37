//! The command line. Doc comments are what `--help` prints.

mod batch;
mod images;
pub mod issue;
mod merge;
pub mod number;
mod preview;
mod renew;
mod report;

pub use batch::Batch;
pub use images::{Images, Kind};
pub use merge::Merge;
pub use preview::{Color, Preview, Protocol};
pub use renew::Renew;
pub use report::Report;

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::diag::Error;
use crate::export::Standard;
use crate::{pipeline, terminal};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 红头：把通知（YAML 文件）排成符合 GB/T 9704—2012 的红头文件（PDF）
#[derive(Debug, Parser)]
#[command(
    name = "hongtou",
    version,
    help_template = TEMPLATE,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "例：\n  hongtou new 通知          写出一份通知的样本 通知.yaml\n  hongtou build 通知.yaml   排成 通知.pdf"
)]
pub struct Cli {
    /// 要做的事
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    help: Help,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "选项")]
    version: Option<bool>,
}

#[derive(Debug, Args)]
struct Help {
    /// 显示帮助
    #[arg(short, long, action = clap::ArgAction::Help, help_heading = "选项")]
    help: Option<bool>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 把通知排成 PDF
    Build(Build),
    /// 在终端里看版面，边改边看
    Preview(Preview),
    /// 一份通知加一张名册，每行排成一份 PDF
    Merge(Merge),
    /// 由今年的通知写出明年的草稿
    Renew(Renew),
    /// 排好后逐条实测，看版面是否合乎标准
    Measure(Measure),
    /// 写出一份带说明的样本，照着填
    New(New),
    /// 套打：打印校准页，记下打印机的偏移
    Calibrate(Calibrate),
    /// 写出带说明的 hongtou.yaml：本单位的机关、代字等
    Init(issue::Init),
    /// 发文：取号、写进通知、排成 PDF、登记
    Issue(issue::Issue),
    /// 发文登记簿：看号、留号、作废、列表、查缺号、导入
    Number(number::Number),
    /// 核对文件与发出时是否一样
    Verify(issue::Verify),
    /// 合并几台机器成批生成的报告
    Report(Report),
    /// 列出各种字体由哪个文件提供
    Fonts(Fonts),
    /// 输出通知格式的 JSON Schema，供编辑器提示
    Schema(Schema),
    /// 输出命令补全脚本
    Completions(Completions),
}

/// `build`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou build 通知.yaml                  在旁边写出 通知.pdf\n  hongtou build 甲.yaml 乙.yaml -o 输出/    写到文件夹“输出”\n  hongtou build 计划.yaml --set 年度=2027   改用 2027 作参数“年度”\n  hongtou build 通知.yaml --copies 1-30     排 30 份，份号 000001 至 000030\n  hongtou build 通知.yaml --preprinted     印在已有红头的纸上\n  hongtou build 通知.yaml -f png           每页一个图片：通知-1.png……\n  hongtou build 通知.yaml --watch          边改边生成\n  hongtou build - -o - < 通知.yaml > 通知.pdf\n  hongtou build 年度计划 -o 输出            文件夹里的通知全部排好，没有变化的不重排"
)]
pub struct Build {
    /// 通知文件，或放通知的文件夹；- 为标准输入
    #[arg(required = true, value_name = "通知", help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 写到这个文件或文件夹；- 为标准输出。默认写在通知旁边
    #[arg(short, long, value_name = "文件或文件夹", help_heading = "选项")]
    pub output: Option<PathBuf>,
    /// Parameters.
    #[command(flatten)]
    pub setting: Setting,
    /// 排好后打开 PDF
    #[arg(long, help_heading = "选项")]
    pub open: bool,
    /// 每页斜印水印，默认“草稿”
    #[arg(long, value_name = "文字", num_args = 0..=1, default_missing_value = "草稿", require_equals = true, help_heading = "选项")]
    pub watermark: Option<String>,
    /// 套打：不印红色（标志、红线）和印章，位置不变；按 hongtou.yaml 的“套打”移动
    #[arg(long, help_heading = "选项")]
    pub preprinted: bool,
    /// 各份编上份号，如 1-30 或 1-3,8；通知里的份号不用。排在一份 PDF 里
    #[arg(long, value_name = "份号", help_heading = "选项")]
    pub copies: Option<String>,
    /// 同 --copies 一起用：每份一个文件，如 通知-000001.pdf
    #[arg(long, requires = "copies", help_heading = "选项")]
    pub separate: bool,
    /// What PDF is written.
    #[command(flatten)]
    pub archive: Archive,
    /// For folders.
    #[command(flatten)]
    pub batch: Batch,
    /// Images, and building again at each save.
    #[command(flatten)]
    pub images: Images,
    /// Where fonts and templates come from.
    #[command(flatten)]
    pub tools: Tools,
    #[command(flatten)]
    help: Help,
}

/// `measure`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou measure 通知.yaml                   逐条列出要求、实测和结论\n  hongtou measure 通知.yaml --templates 模板   检查单位自备的模板\n  hongtou measure 通知.yaml --format json     供程序读取"
)]
pub struct Measure {
    /// 通知文件；- 为标准输入
    #[arg(value_name = "通知", help_heading = "参数")]
    pub file: PathBuf,
    /// Parameters.
    #[command(flatten)]
    pub setting: Setting,
    /// 输出的样式：table（默认，列成表）、json
    #[arg(
        long,
        value_name = "样式",
        default_value = "table",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub format: MeasureFormat,
    /// Where fonts and templates come from.
    #[command(flatten)]
    pub tools: Tools,
    #[command(flatten)]
    help: Help,
}

/// 样式 of the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum MeasureFormat {
    Table,
    Json,
}

/// `new`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "文种：决议、决定、命令、公报、公告、通告、意见、通知、通报、报告、请示、批复、议案、函、纪要\n另有：简报\n\n例：\n  hongtou new 请示\n  hongtou new 通知 -o 培训通知.yaml"
)]
pub struct New {
    /// 文种（或简报），默认“通知”
    #[arg(
        value_name = "文种",
        default_value = "通知",
        hide_default_value = true,
        help_heading = "参数"
    )]
    pub kind: String,
    /// 写到这个文件；- 为标准输出。默认为 文种.yaml
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    help: Help,
}

/// `calibrate`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "打印校准页，量出还差多少，用 --right、--down 写进 hongtou.yaml 的“套打”：\n写的数加到原有的数上，再打印一张就是移动过的。build --preprinted 时照此移动。\n\n例：\n  hongtou calibrate                          写出 套打校准.pdf\n  hongtou calibrate --right 1.5 --down -0.8   再右移 1.5 毫米、上移 0.8 毫米"
)]
pub struct Calibrate {
    /// 校准页写到这个文件；- 为标准输出。默认为 套打校准.pdf
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: Option<PathBuf>,
    /// 不写校准页，记下还要右移多少毫米；负数为左移
    #[arg(
        long,
        value_name = "毫米",
        allow_negative_numbers = true,
        conflicts_with = "output",
        help_heading = "选项"
    )]
    pub right: Option<f64>,
    /// 不写校准页，记下还要下移多少毫米；负数为上移
    #[arg(
        long,
        value_name = "毫米",
        allow_negative_numbers = true,
        conflicts_with = "output",
        help_heading = "选项"
    )]
    pub down: Option<f64>,
    /// Where fonts and templates come from.
    #[command(flatten)]
    pub tools: Tools,
    #[command(flatten)]
    help: Help,
}

/// `fonts`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou fonts\n  hongtou fonts --system-fonts"
)]
pub struct Fonts {
    /// Where fonts come from.
    #[command(flatten)]
    pub tools: FontTools,
    #[command(flatten)]
    help: Help,
}

/// `schema`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou schema > hongtou.schema.json"
)]
pub struct Schema {
    #[command(flatten)]
    help: Help,
}

/// `completions`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou completions bash > ~/.local/share/bash-completion/completions/hongtou"
)]
pub struct Completions {
    /// bash、zsh、fish、powershell 或 elvish
    #[arg(value_name = "终端", hide_possible_values = true, help_heading = "参数")]
    pub shell: clap_complete::Shell,
    #[command(flatten)]
    help: Help,
}

/// Parameters of a notice, shared by several commands.
#[derive(Debug, Args)]
pub struct Setting {
    /// 给参数赋值，可写多次
    #[arg(long = "set", value_name = "键=值", help_heading = "选项")]
    pub set: Vec<String>,
}

/// What PDF is written, shared by several commands.
#[derive(Debug, Args)]
pub struct Archive {
    /// PDF 标准
    #[arg(
        long,
        value_name = "标准",
        default_value = "1.7",
        hide_default_value = true,
        hide_possible_values = true,
        help = "PDF 标准：1.7（默认）、a-2b、a-2u、a-2a、a-3b、ua-1",
        help_heading = "选项"
    )]
    pub pdf_standard: PdfStandard,
}

/// Fonts, shared by several commands.
#[derive(Debug, Args)]
pub struct FontTools {
    /// 字体文件夹
    #[arg(long, value_name = "文件夹", help_heading = "字体和模板")]
    pub fonts: Option<PathBuf>,
    /// 也用系统里安装的字体，排在前面
    #[arg(long, help_heading = "字体和模板")]
    pub system_fonts: bool,
}

/// Fonts and templates, shared by several commands.
#[derive(Debug, Args)]
pub struct Tools {
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontTools,
    /// 模板文件夹，其中的同名文件代替内置模板
    #[arg(long, value_name = "文件夹", help_heading = "字体和模板")]
    pub templates: Option<PathBuf>,
}

impl Tools {
    /// As the pipeline takes them.
    pub fn options(&self) -> pipeline::Options {
        pipeline::Options { templates: self.templates.clone(), ..self.fonts.options() }
    }
}

impl FontTools {
    /// As the pipeline takes them.
    pub fn options(&self) -> pipeline::Options {
        let (fonts, system_fonts) = (self.fonts.clone(), self.system_fonts);
        pipeline::Options { fonts, system_fonts, ..pipeline::Options::default() }
    }
}

/// 标准 of the PDF by its usual name.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum PdfStandard {
    #[value(name = "1.7")]
    Pdf17,
    #[value(name = "a-2b")]
    A2b,
    #[value(name = "a-2u")]
    A2u,
    #[value(name = "a-2a")]
    A2a,
    #[value(name = "a-3b")]
    A3b,
    #[value(name = "ua-1")]
    Ua1,
}

impl From<PdfStandard> for Standard {
    fn from(name: PdfStandard) -> Self {
        match name {
            PdfStandard::Pdf17 => Self::Pdf17,
            PdfStandard::A2b => Self::A2b,
            PdfStandard::A2u => Self::A2u,
            PdfStandard::A2a => Self::A2a,
            PdfStandard::A3b => Self::A3b,
            PdfStandard::Ua1 => Self::Ua1,
        }
    }
}

/// The command line's grammar, with its headings in Chinese.
pub fn grammar() -> clap::Command {
    Cli::command().mut_subcommands(|it| it.next_help_heading("选项"))
}

/// Parses the command line. Help and version are printed here; then no command is given.
///
/// # Errors
/// A command line that is not understood, with the way out.
pub fn parse(args: impl Iterator<Item = OsString>) -> Result<Cli, Error> {
    let matches = grammar().try_get_matches_from(args);
    match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(Cli { command: None, .. }) => {
            terminal::say(&chinese(&grammar().render_help()));
            Ok(nothing())
        }
        Ok(cli) => Ok(cli),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                terminal::say(&chinese(&error.render()));
                Ok(nothing())
            }
            _ => Err(explain(&error)),
        },
    }
}

/// The one word that clap writes in English whatever the templates say.
fn chinese(help: &clap::builder::StyledStr) -> String {
    help.to_string().trim_end().replace("[OPTIONS]", "[选项]")
}

fn nothing() -> Cli {
    Cli { command: None, help: Help { help: None }, version: None }
}

/// The commands that have an option of this name.
fn commands_with(option: &str) -> Vec<String> {
    let Some(name) = option.strip_prefix("--") else { return Vec::new() };
    let program = Cli::command();
    let has =
        |it: &&clap::Command| it.get_arguments().any(|it| it.get_long() == Some(name));
    program.get_subcommands().filter(has).map(|it| it.get_name().to_owned()).collect()
}

/// clap's complaint in Chinese.
fn explain(error: &clap::Error) -> Error {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let (arg, value) =
        (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let near = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(context)
    .find(|text| !text.is_empty());
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("不认识的参数“{arg}”"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{arg}”后面要有值"),
        ErrorKind::InvalidValue => format!("“{arg}”不能是“{value}”"),
        ErrorKind::ValueValidation => format!("“{arg}”不能是“{value}”"),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            other if other.is_empty() || other == arg => format!("“{arg}”只能写一次"),
            other => format!("“{arg}”不能同“{other}”一起用"),
        },
        ErrorKind::NoEquals => format!("“{arg}”的值要用等号连着写"),
        ErrorKind::TooManyValues => format!("“{arg}”的值太多"),
        ErrorKind::InvalidUtf8 => "参数里有不能识别的字符".into(),
        _ => "命令写得不对".into(),
    };
    let others = match error.kind() {
        ErrorKind::UnknownArgument => {
            commands_with(arg.split('=').next().unwrap_or_default())
        }
        _ => Vec::new(),
    };
    let near = near.filter(|_| others.is_empty());
    let choices = context(ContextKind::ValidValue);
    let hints = [
        (!others.is_empty())
            .then(|| format!("它是 {} 的选项，这个命令没有", others.join("、"))),
        near.map(|near| format!("是不是想写“{near}”？")),
        wanted(error),
        (!choices.is_empty()).then(|| format!("可用的有：{choices}")),
    ];
    let said = Error::command(message);
    let said = hints.into_iter().flatten().fold(said, Error::hint);
    said.hint("用 `hongtou --help` 或 `hongtou 命令 --help` 查看写法")
}

/// What a value has to be, as the hint says it beside what is wrong.
#[derive(Debug)]
struct Wanted(String);

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Wanted {}

fn between(first: impl fmt::Display, last: impl fmt::Display) -> String {
    format!("写 {first} 到 {last} 之间的整数")
}

/// What a value should have been. Of whole numbers with bounds clap says it in its own words:
/// `300 is not in 1..=256`.
fn wanted(error: &clap::Error) -> Option<String> {
    let source = std::error::Error::source(error)?;
    if let Some(Wanted(hint)) = source.downcast_ref() {
        return Some(hint.clone());
    }
    let words = source.to_string();
    let (_, range) = words.rsplit_once(" is not in ")?;
    let (first, last) = range.split_once("..=")?;
    Some(between(first, last))
}
