//! `preview`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Help, Setting, TEMPLATE, Tools};

/// `preview`.
#[derive(Debug, Args)]
#[command(
    help_template = TEMPLATE,
    disable_help_flag = true,
    after_help = "在终端里显示版面，保存后自动更新，按 ? 看有哪些键；\n输出到文件或管道时，或加 --text，显示文字版面。\n\n例：\n  hongtou preview 通知.yaml                    看版面，边改边看\n  hongtou preview 通知.yaml --text --page 2    第 2 页的文字版面\n  hongtou preview 通知.yaml --color always | less -R\n  hongtou preview 通知.yaml --protocol sixel   终端认不出来时指定显示方式"
)]
pub struct Preview {
    /// 通知文件；- 为标准输入
    #[arg(value_name = "通知", help_heading = "参数")]
    pub file: PathBuf,
    /// Parameters.
    #[command(flatten)]
    pub setting: Setting,
    /// 只输出文字版面，不看图
    #[arg(long, help_heading = "选项")]
    pub text: bool,
    /// 从这一页看起；文字版面只输出这一页
    #[arg(long, value_name = "页", conflicts_with = "pages", help_heading = "选项")]
    pub page: Option<NonZeroUsize>,
    /// 文字版面只输出这几页，如 2-3 或 1,4-6
    #[arg(long, value_name = "页", help_heading = "选项")]
    pub pages: Option<String>,
    /// 图的显示方式：auto（默认，问终端）、kitty、iterm、sixel、blocks（半格色块）
    #[arg(
        long,
        value_name = "方式",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub protocol: Protocol,
    /// 文字版面的红色：auto（默认，终端里才用）、always、never
    #[arg(
        long,
        value_name = "何时",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub color: Color,
    /// Where fonts and templates come from.
    #[command(flatten)]
    pub tools: Tools,
    #[command(flatten)]
    help: Help,
}

/// 方式 of showing a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Protocol {
    Auto,
    Kitty,
    Iterm,
    Sixel,
    Blocks,
}

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Color {
    Auto,
    Always,
    Never,
}
