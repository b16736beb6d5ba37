//! `renew`.

use std::path::PathBuf;

use clap::Args;

use super::{Help, TEMPLATE};

/// `renew`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "指本计划年份的年、日期、参数换成新的一年，发文字号改成没有序号的草稿；\n别处的文号、法规、往年的事不动。改了什么、没有改什么，都逐行列出，请照着核对。\n\n例：\n  hongtou renew 年度计划 --set 年度=2027 -o 明年计划\n  hongtou renew 年度计划 --set 年度=2027 --dry-run   只列出，不写文件"
)]
pub struct Renew {
    /// 放通知的文件夹，或一份通知
    #[arg(value_name = "文件夹", help_heading = "参数")]
    pub path: PathBuf,
    /// 新的一年，写 年度=2027；其他参数也可一起换，可写多次
    #[arg(long = "set", required = true, value_name = "键=值", help_heading = "选项")]
    pub set: Vec<String>,
    /// 草稿写到这个文件夹
    #[arg(
        short,
        long,
        value_name = "文件夹",
        required_unless_present = "dry_run",
        help_heading = "选项"
    )]
    pub output: Option<PathBuf>,
    /// 不写文件，只列出
    #[arg(long, help_heading = "选项")]
    pub dry_run: bool,
    /// 只要这些通知，可写多次；* 代表任意文字
    #[arg(long, value_name = "样式", help_heading = "选项")]
    pub include: Vec<String>,
    /// 不要这些通知或文件夹，可写多次
    #[arg(long, value_name = "样式", help_heading = "选项")]
    pub exclude: Vec<String>,
    #[command(flatten)]
    help: Help,
}
