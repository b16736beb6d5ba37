//! `hongtou init`: a commented workspace file.

use std::path::Path;

use super::output::unwritable;
use crate::args::issue::Init;
use crate::diag::Error;
use crate::files;
use crate::notice::number::is_code;
use crate::terminal;
use crate::workspace::{self, NAME};

/// Writes `hongtou.yaml` here.
///
/// # Errors
/// There is one already; a 代字 that cannot be one; it cannot be written.
pub fn init(args: &Init) -> Result<(), Error> {
    let path = Path::new(NAME);
    if path.exists() {
        return Err(Error::command(format!("{NAME} 已经存在，没有动它"))
            .hint("用记事本打开，直接在里面改"));
    }
    if let Some(code) = args.codes.iter().find(|code| !is_code(code)) {
        return Err(Error::command(format!("“{code}”不能作机关代字"))
            .hint("代字只能是汉字或字母，不含数字、括号、空格，如“云工发”"));
    }
    let above = workspace::find("..".as_ref());
    let text = text(args.body.as_deref(), &args.codes);
    files::write(path, text.as_bytes()).map_err(|error| unwritable(path, &error))?;
    terminal::note(&format!("已写出 {NAME}；用记事本打开，按里面的说明补齐"));
    if let Some(folder) = above {
        let folder = folder.display();
        terminal::note(&format!(
            "提醒：上级文件夹 {folder} 里也有，这个文件夹里的通知以后用新的"
        ));
    }
    Ok(())
}

fn text(body: Option<&str>, codes: &[String]) -> String {
    let body = quoted(body.unwrap_or("××市××局"));
    let codes = match codes {
        [] => "××发".to_owned(),
        [one] => quoted(one),
        several => {
            let several: Vec<String> = several.iter().map(|it| quoted(it)).collect();
            format!("[{}]", several.join(", "))
        }
    };
    format!(
        "# 这个文件夹（和下级文件夹）里的通知共用的内容；井号后面是说明。
# 通知里写了的，以通知为准。

# 各发文机关；有几个的，每个以“- 名称”开头接着写
机关:
  - 名称: {body}
    # 发文字号里年份前面的字；有几个的写成列表 [××发, ××函, ××办]
    代字: {codes}
    # 需要时去掉井号：
    # 印发机关: ××市××局办公室
    # 印章: {{图片: 印章.png, 直径: 42}}
    # 抄送: [××××, ××××]

# 发文登记簿，第一次编号时自动建立
登记簿: 登记簿.db
# 每次编号后留一份登记簿的备份，最多留几份
备份: 10
# 发出的 PDF 放进这个文件夹，以发文字号为名；不写就放在通知旁边
# 归档: 发文

# 署名同正文要分家时，行距、字距最多调整百分之几
# 调整: {{行距: 3, 字距: 3}}
# 套打的偏移，毫米；由 hongtou calibrate 写入
# 套打: {{右移: 0, 下移: 0}}
"
    )
}

/// A text that YAML takes for nothing else.
fn quoted(text: &str) -> String {
    if text.chars().all(|c| c.is_alphabetic() && !c.is_ascii()) {
        return text.to_owned();
    }
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::source::Source;

    #[test]
    fn what_is_written_can_be_read() {
        let cases: [(&str, &[&str]); 3] = [
            ("云岭市总工会", &["云工发", "云工函"]),
            ("甲\": [\\乙\n", &["甲发"]),
            ("true", &["no"]),
        ];
        for (body, codes) in cases {
            let codes: Vec<String> = codes.iter().map(|it| (*it).to_owned()).collect();
            let text = text(Some(body), &codes);
            let read = workspace::read_source(Path::new(""), &Source::new("", &text));
            let office =
                read.unwrap_or_else(|it| panic!("{it:#?}\n{text}")).offices.remove(0);
            assert_eq!(office.name, body.replace('\n', ""));
            assert!(codes.is_empty() || office.codes == codes);
        }
    }
}
