//! `merge`.

use std::path::PathBuf;

use clap::Args;

use super::{Archive, Help, TEMPLATE, Tools, Wanted, between};
use crate::pipeline::LAST_COPY;

/// A 份号.
fn copy_number(text: &str) -> Result<u32, Wanted> {
    let number = text.parse().ok().filter(|it| (1..=LAST_COPY).contains(it));
    number.ok_or_else(|| Wanted(between(1, LAST_COPY)))
}

/// `merge`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "名册的第一行是变量名，通知里写 {{ 变量名 }}。\n\n例：\n  hongtou merge 通知.yaml --data 名册.csv --name \"{{ 单位 }}.pdf\" -o 分送\n  hongtou merge 通知.yaml --data 名册.xlsx --where 区县=城关区 -o 分送\n  hongtou merge 通知.yaml --data 名册.csv --combined 全部.pdf --copies-from 1"
)]
pub struct Merge {
    /// 通知文件
    #[arg(value_name = "通知", help_heading = "参数")]
    pub file: PathBuf,
    /// 名册：.csv、.xlsx、.xls 或 .ods，第一行是变量名
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub data: PathBuf,
    /// 名册里的工作表，默认第一张
    #[arg(long, value_name = "名称", help_heading = "选项")]
    pub sheet: Option<String>,
    /// 各份 PDF 的名称，默认为“通知名-行号.pdf”
    #[arg(long, value_name = "样式", help_heading = "选项")]
    pub name: Option<String>,
    /// PDF 写到这个文件夹。默认写在通知旁边
    #[arg(short, long, value_name = "文件夹", help_heading = "选项")]
    pub output: Option<PathBuf>,
    /// 各份接着排在这一个 PDF 里；不写 -o、--name 的，不再各写一份
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub combined: Option<PathBuf>,
    /// 只要这一栏是这个值的行，可写多次；同一栏的几个值有一个符合就要
    #[arg(long = "where", value_name = "键=值", help_heading = "选项")]
    pub filter: Vec<String>,
    /// 份号从这个号起，一行一个；通知里写了数字份号的，从它起
    #[arg(
        long,
        value_name = "份号",
        value_parser = copy_number,
        help_heading = "选项"
    )]
    pub copies_from: Option<u32>,
    /// 给参数赋值，可写多次；名册里同名的栏优先
    #[arg(long = "set", value_name = "键=值", help_heading = "选项")]
    pub set: Vec<String>,
    /// 每页斜印水印，默认“草稿”
    #[arg(long, value_name = "文字", num_args = 0..=1, default_missing_value = "草稿", require_equals = true, help_heading = "选项")]
    pub watermark: Option<String>,
    /// What PDF is written.
    #[command(flatten)]
    pub archive: Archive,
    /// 同时排几份，默认按处理器的个数
    #[arg(
        short,
        long,
        value_name = "个数",
        allow_negative_numbers = true,
        value_parser = super::batch::jobs,
        help_heading = "选项"
    )]
    pub jobs: Option<u16>,
    /// 把每一行的结果写进这个 JSON 文件
    #[arg(long, value_name = "文件", help_heading = "选项")]
    pub report: Option<PathBuf>,
    /// 不说已生成什么，只说问题
    #[arg(short, long, help_heading = "选项")]
    pub quiet: bool,
    /// Where fonts and templates come from.
    #[command(flatten)]
    pub tools: Tools,
    #[command(flatten)]
    help: Help,
}
