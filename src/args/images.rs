//! `build -f png`: pages as images; `build --watch`.

use clap::{Args, ValueEnum};

use super::Wanted;
use crate::export::Format;

/// What `build` writes, and how often.
#[derive(Debug, Args)]
pub struct Images {
    /// 输出的格式：pdf（默认）、png、svg；图片每页一个文件，如 通知-1.png
    #[arg(
        short,
        long,
        value_name = "格式",
        default_value = "pdf",
        hide_default_value = true,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    pub format: Kind,
    /// 同 -f png 一起用：每英寸多少像素，20 至 600，默认 144
    #[arg(long, value_name = "像素", value_parser = ppi, help_heading = "选项")]
    pub ppi: Option<f64>,
    /// 同 -f png、-f svg 一起用：只要这一页
    #[arg(long, value_name = "页", help_heading = "选项")]
    pub page: Option<std::num::NonZeroUsize>,
    /// 一直运行，通知和它用到的文件一保存就重新生成；按 Ctrl-C 结束
    #[arg(
        long,
        conflicts_with_all = ["dry_run", "check", "force", "report", "shard", "jobs"],
        help_heading = "选项"
    )]
    pub watch: bool,
}

/// 格式 of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Pdf,
    Png,
    Svg,
}

impl Images {
    /// As the pipeline takes it.
    pub fn format(&self) -> Format {
        match self.format {
            Kind::Pdf => Format::Pdf,
            Kind::Png => Format::Png(self.ppi.unwrap_or(144.0)),
            Kind::Svg => Format::Svg,
        }
    }
}

/// Less cannot be read, more fills the memory.
fn ppi(text: &str) -> Result<f64, Wanted> {
    match text.parse::<f64>() {
        Ok(ppi) if (20.0..=600.0).contains(&ppi) => Ok(ppi),
        _ => Err(Wanted("写 20 到 600 之间的数".into())),
    }
}
