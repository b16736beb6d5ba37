//! Names of files that every system takes.

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// The most bytes of a name, as most file systems have it.
const LONGEST: usize = 255;

/// Why a text cannot be a file's name, here or on Windows; `None` if it can.
pub fn file_name_fault(name: &str) -> Option<String> {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |it: &str| {
        let digit = stem.strip_prefix(it);
        digit.is_some_and(|rest| {
            rest.chars().count() == 1 && rest.chars().all(|c| "0123456789¹²³".contains(c))
        })
    };
    let bad = name.chars().find(|c| c.is_control() || "<>:\"/\\|?*".contains(*c));
    if let Some(bad) = bad {
        let shown = if bad.is_control() {
            "换行等控制符".into()
        } else {
            format!("“{bad}”")
        };
        return Some(format!("含有文件名不能用的{shown}"));
    }
    let trimmed = name.trim().trim_start_matches('.');
    if trimmed.is_empty() || trimmed.eq_ignore_ascii_case("pdf") {
        return Some("名称是空的".into());
    }
    if name.starts_with('.') {
        return Some("以点开头，会成为隐藏的文件".into());
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Some("首尾有空格，或以点结尾".into());
    }
    if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        return Some("Windows 保留了这个名称".into());
    }
    let length = name.len();
    (length > LONGEST).then(|| format!("太长（{length} 字节，最多 {LONGEST}）"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_system_refuses_are_told() {
        let long = "长".repeat(84) + ".pdf";
        let wrong = [
            "",
            " ",
            ".pdf",
            "a/b.pdf",
            "a:b.pdf",
            "a?.pdf",
            "NUL.pdf",
            "com1",
            "COM¹.pdf",
            "conout$.pdf",
            ".甲.pdf",
            "LPT9.x.pdf",
            "a.pdf.",
            " a.pdf",
            "a\nb.pdf",
            &long,
        ];
        for name in wrong {
            assert!(file_name_fault(name).is_some(), "{name}");
        }
        for name in
            ["望溪县总工会.pdf", "a b.pdf", "console.pdf", "com10.pdf", "甲（乙）.pdf"]
        {
            assert_eq!(file_name_fault(name), None, "{name}");
        }
    }
}
