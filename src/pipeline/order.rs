//! What is ordered beside the notice as it is: numbered copies, and pages for paper that has
//! the red head already.

use super::{Checked, Order, Workshop};
use crate::diag;
use crate::template::Adjustment;
use crate::typeset::{self, Pages, preprint};
use crate::workspace::Offset;

impl Workshop {
    /// Lays out what was ordered: the notice or its numbered copies, for white paper or for
    /// paper with the red head; and what was adjusted.
    pub fn lay_out_order(
        &self,
        checked: &mut Checked,
        order: &Order,
    ) -> Option<(Pages, Adjustment)> {
        let watermark = order.watermark.as_deref();
        let (pages, adjustment) = if order.copies.is_empty() {
            let layout = self.lay_out(checked, watermark)?;
            (layout.pages, layout.adjustment)
        } else {
            self.lay_out_copies(checked, order)?
        };
        if !order.preprinted {
            return Some((pages, adjustment));
        }
        let notice = checked.notice.as_ref()?;
        let stamps = notice.stamps.iter().filter_map(|stamp| stamp.image.as_ref());
        let seals = notice.seals.iter().map(|seal| &seal.image).chain(stamps);
        let seals: Vec<&[u8]> = seals.map(|image| &*image.bytes).collect();
        let pages = preprint::without_red(pages, &seals);
        let offset = self.offset();
        Some((preprint::moved(pages, offset.right, offset.down), adjustment))
    }

    /// Each copy is a layout of its own, so that its number is measured like any other text.
    fn lay_out_copies(
        &self,
        checked: &mut Checked,
        order: &Order,
    ) -> Option<(Pages, Adjustment)> {
        let mut adjustment = Adjustment::NONE;
        let mut copies = Vec::new();
        for (nth, number) in order.copies.iter().enumerate() {
            if nth > 0 {
                typeset::forget();
            }
            checked.notice.as_mut()?.copy_number = Some(copy_number(*number));
            let layout = self.lay_out(checked, order.watermark.as_deref())?;
            adjustment = layout.adjustment;
            copies.push(layout.pages);
            // What one copy is found to be, all are.
            diag::sort(&mut checked.findings);
        }
        Some((typeset::joined(copies, checked.notice.as_ref()?.duplex)?, adjustment))
    }

    /// How far the workspace's printer is off.
    pub fn offset(&self) -> Offset {
        self.workspace.as_ref().map(|it| it.offset).unwrap_or_default()
    }
}

/// The last 份号 that six digits hold (7.2.1).
pub const LAST_COPY: u32 = 999_999;

/// 份号 as it is printed: six digits (7.2.1).
pub fn copy_number(number: u32) -> String {
    format!("{number:06}")
}
