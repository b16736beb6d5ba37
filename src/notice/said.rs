//! What offices call the parts of a notice otherwise, for the hint at a key that is not known.

use super::keys::{Key, nearest};

/// A key's names, and other words for the same; the first of them that may stand at the place
/// is meant.
const OTHERWISE: &[(&[&str], &[&str])] = &[
    (
        &["标题", "名称"],
        &["标题", "题目", "题名", "文件标题", "公文标题", "附件标题", "附件名称"],
    ),
    (&["正文"], &["内容", "主体", "正文内容", "文件内容", "段落"]),
    (&["发文字号", "期号"], &["文号", "字号", "公文编号", "编号", "文件号", "发文号"]),
    (
        &["发文机关", "机关", "编印"],
        &["发文单位", "单位", "机构", "发文部门", "印发单位", "制发机关", "编印单位"],
    ),
    (&["印发"], &["印发机关", "印发日期", "印发说明"]),
    (&["发文机关标志"], &["红头", "版头", "文头", "机关标志", "标志"]),
    (
        &["主送"],
        &["主送机关", "主送单位", "收文机关", "收文单位", "抬头", "称谓", "致", "发送"],
    ),
    (&["抄送"], &["抄送机关", "抄送单位", "抄报"]),
    (&["报送"], &["报", "报送单位", "报送机关"]),
    (&["署名"], &["落款", "签署", "发文机关署名"]),
    (
        &["成文日期", "日期"],
        &["时间", "发文日期", "落款日期", "成文时间", "日期", "签发日期"],
    ),
    (&["密级"], &["保密等级", "密级和保密期限", "保密期限", "秘密等级"]),
    (&["紧急程度"], &["缓急", "缓急程度", "急件"]),
    (&["签发人"], &["签发", "签批人"]),
    (&["印章", "图片"], &["公章", "盖章", "章"]),
    (&["签名章"], &["签名", "签字章"]),
    (&["附注"], &["备注", "注", "联系人", "联系方式", "说明"]),
    (&["附件"], &["附表", "附件说明"]),
    (&["出席"], &["出席人员", "参会人员", "参加", "到会"]),
    (&["请假"], &["缺席", "请假人员"]),
    (&["列席"], &["列席人员"]),
    (&["参数"], &["变量"]),
    (&["文种"], &["公文种类", "类型", "种类"]),
    (&["格式"], &["版式", "版面"]),
    (&["份数"], &["印数", "共印", "印刷份数"]),
    (&["文件", "图片"], &["路径", "图片文件"]),
    (&["数据"], &["数据文件", "表格文件"]),
    (&["行"], &["内容", "数据行", "表体"]),
    (&["表头"], &["栏目", "列名", "标题"]),
    (&["列宽"], &["栏宽", "宽度"]),
    (&["宽"], &["宽度"]),
    (&["说明"], &["图题", "图注", "标题"]),
];

/// The key that is meant by a word that is none: the one that offices also call so, else the
/// one that is spelt nearly so.
pub fn meant(word: &str, keys: &'static [Key]) -> Option<&'static str> {
    let is_key = |name: &&&str| keys.iter().any(|key| key.name == **name);
    let same = OTHERWISE.iter().filter(|(_, words)| words.contains(&word));
    let otherwise = same.flat_map(|(names, _)| names.iter()).find(is_key).copied();
    otherwise.or_else(|| nearest(word, keys.iter().flat_map(|key| [key.name, key.alias])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notice::keys::{ATTACHMENT, NOTICE, PRINTING, TABLE};

    #[test]
    fn other_words_for_a_part_lead_to_its_key_at_that_place() {
        for (word, keys, key) in [
            ("题目", NOTICE, Some("标题")),
            ("题目", ATTACHMENT, Some("名称")),
            ("内容", NOTICE, Some("正文")),
            ("内容", TABLE, Some("行")),
            ("主送机关", NOTICE, Some("主送")),
            ("单位", PRINTING, Some("机关")),
            ("标提", NOTICE, Some("标题")),
            ("天气", NOTICE, None),
        ] {
            assert_eq!(meant(word, keys), key, "{word}");
        }
    }

    #[test]
    fn every_word_leads_to_names_of_keys() {
        for name in OTHERWISE.iter().flat_map(|(names, _)| names.iter()) {
            assert!(crate::notice::keys::about(name).is_some(), "{name}");
        }
    }
}
