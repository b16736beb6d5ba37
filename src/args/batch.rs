//! Options of `build` for folders.

use std::path::PathBuf;

use clap::Args;

use super::{Wanted, between};

/// The most that are laid out at a time.
const MOST: u16 = 256;

/// How many are laid out at a time.
pub(super) fn jobs(text: &str) -> Result<u16, Wanted> {
    let count = text.trim().parse().ok().filter(|it| (1..=MOST).contains(it));
    count.ok_or_else(|| Wanted(between(1, MOST)))
}

/// Folders of notices.
#[derive(Debug, Args)]
pub struct Batch {
    /// 只要这些通知，可写多次；* 代表任意文字
    #[arg(long, value_name = "样式", help_heading = "成批生成")]
    pub include: Vec<String>,
    /// 不要这些通知或文件夹，可写多次
    #[arg(long, value_name = "样式", help_heading = "成批生成")]
    pub exclude: Vec<String>,
    /// 同时排几份，默认按处理器的个数
    #[arg(
        short,
        long,
        value_name = "个数",
        allow_negative_numbers = true,
        value_parser = jobs,
        help_heading = "成批生成"
    )]
    pub jobs: Option<u16>,
    /// 全部重排，没有变化的也排
    #[arg(long, conflicts_with = "dry_run", help_heading = "成批生成")]
    pub force: bool,
    /// 不生成，只说哪些要生成、为什么
    #[arg(long, help_heading = "成批生成")]
    pub dry_run: bool,
    /// 不生成，排好后同已有的 PDF 逐一比较
    #[arg(long, conflicts_with_all = ["dry_run", "force"], help_heading = "成批生成")]
    pub check: bool,
    /// 把每一份的结果写进这个 JSON 文件
    #[arg(long, value_name = "文件", help_heading = "成批生成")]
    pub report: Option<PathBuf>,
    /// 分给几台机器时，这是第几台，如 2/8
    #[arg(long, value_name = "第几/共几", help_heading = "成批生成")]
    pub shard: Option<String>,
    /// 不说已生成什么，只说问题
    #[arg(short, long, help_heading = "成批生成")]
    pub quiet: bool,
}
