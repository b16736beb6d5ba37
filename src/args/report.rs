//! `report`.

use std::path::PathBuf;

use clap::Args;

use super::{Help, TEMPLATE};

/// `report`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "例：\n  hongtou report 一.json 二.json              合在一起，说生成几份、失败几份\n  hongtou report 一.json 二.json -o 全部.json   另写成一份报告"
)]
pub struct Report {
    /// build --report 写出的文件
    #[arg(required = true, value_name = "报告", help_heading = "参数")]
    pub files: Vec<PathBuf>,
    /// 合并后的报告写到这个文件；- 为标准输出
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    help: Help,
}
