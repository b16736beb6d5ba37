//! Taking over what was registered elsewhere: all of it or, where one number conflicts,
//! nothing.

use super::{Change, Fault, Record, Sent, Series, State};
use crate::notice::number::Number;

/// One number of an older register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// 发文字号, with its serial.
    pub number: Number,
    /// 状态.
    pub state: State,
    /// 备注.
    pub remark: String,
    /// What it says of the notice.
    pub record: Record,
    /// Where the notice lies, if it is known.
    pub sent: Sent,
}

/// What a number that is taken over is to the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Import {
    /// It was not there.
    New,
    /// It is there, the same; nothing has changed.
    Known,
    /// It is there with something else, which this says; nothing has changed.
    Conflict(String),
}

impl Change<'_> {
    /// Takes over one number.
    ///
    /// # Errors
    /// The register cannot be written.
    pub fn import(&self, one: &Imported, from: &str) -> Result<Import, Fault> {
        if let Some((_, entry)) = self.find(&one.number)? {
            let same = entry.state == one.state && entry.record.title == one.record.title;
            return Ok(if same {
                Import::Known
            } else {
                let title = match entry.record.title.as_str() {
                    "" => entry.remark,
                    title => title.to_owned(),
                };
                let state = entry.state.name();
                Import::Conflict(format!("登记簿里是“{title}”（{state}）"))
            });
        }
        let serial = one.number.serial.unwrap_or_default();
        let id = self.insert(&Series::of(&one.number), serial, one.state, &one.remark)?;
        self.write(id, one.state, &one.remark, &one.record, &one.sent)?;
        self.log(id, "导入", from)?;
        Ok(Import::New)
    }
}
