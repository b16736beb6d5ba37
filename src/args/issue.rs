//! `init`, `issue` and `verify`.

use std::path::PathBuf;

use clap::Args;

use super::{Help, TEMPLATE, Tools};

/// `init`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou init 云岭市总工会 --code 云工发 --code 云工函"
)]
pub struct Init {
    /// 发文机关全称
    #[arg(value_name = "机关", help_heading = "参数")]
    pub body: Option<String>,
    /// 机关代字，可写多次
    #[arg(long = "code", value_name = "代字", help_heading = "选项")]
    pub codes: Vec<String>,
    #[command(flatten)]
    help: Help,
}

/// `issue`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "检查通知，取下一个号（或留给它的号），写进通知，排成 PDF，登记为已发。\n通知里除发文字号和成文日期外，一个字也不动。\n\n例：\n  hongtou issue 通知.yaml\n  hongtou issue 函.yaml --code 云工函 --date 2026-03-05\n  hongtou issue 通知.yaml --reissue --why 附件有误，经批准重印"
)]
pub struct Issue {
    /// 通知文件
    #[arg(value_name = "通知", help_heading = "参数")]
    pub file: PathBuf,
    /// 用哪个机关代字；默认按通知里的发文字号，或 hongtou.yaml 里唯一的代字
    #[arg(long, value_name = "代字", help_heading = "选项")]
    pub code: Option<String>,
    /// 成文日期；默认按通知里写的，没有写的是今天。年份由它定
    #[arg(long, value_name = "日期", help_heading = "选项")]
    pub date: Option<String>,
    /// 已发的通知改过以后重新发，号不变
    #[arg(long, requires = "why", help_heading = "选项")]
    pub reissue: bool,
    /// 重新发文的原因
    #[arg(long, value_name = "原因", requires = "reissue", help_heading = "选项")]
    pub why: Option<String>,
    /// Where fonts and templates come from.
    #[command(flatten)]
    pub tools: Tools,
    #[command(flatten)]
    help: Help,
}

/// `verify`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou verify .\n  hongtou verify 通知.yaml 发文/云工发〔2026〕18号.pdf"
)]
pub struct Verify {
    /// 通知、PDF 或文件夹
    #[arg(required = true, value_name = "文件或文件夹", help_heading = "参数")]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    help: Help,
}
