//! The preview as it is used: in a pseudo-terminal, through a pipe, and beside an editor.

#[cfg(unix)]
mod decode;
mod images;
#[cfg(unix)]
mod keys;
#[cfg(unix)]
mod leaving;
#[cfg(unix)]
mod protocols;
#[cfg(unix)]
mod pty;
#[cfg(unix)]
mod saves;
mod text;

/// A notice of a few pages.
pub fn long(paragraphs: usize) -> String {
    let body: String = (1..=paragraphs)
        .map(|at| format!("  第{at}段。{}\n", "请各单位结合实际认真抓好落实。".repeat(8)))
        .collect();
    format!(
        "发文机关: 云岭市总工会\n发文字号: 云工发〔2026〕18号\n标题: 关于开展职工技能培训的通知\n主送: 各县（区）总工会\n正文: |\n{body}成文日期: 2026-03-05\n"
    )
}
