//! What an issuing body uses again and again, as its workspace file tells.

use super::picture::Seal;

/// 机关: the defaults of one issuing body.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Office {
    /// 名称, as 发文机关 gives it.
    pub name: String,
    /// 代字.
    pub codes: Vec<String>,
    /// 印发机关.
    pub printing_office: Option<String>,
    /// 印章.
    pub seal: Option<Seal>,
    /// 抄送.
    pub copies: Option<String>,
}
