//! Folders below that keep their numbers in a register of their own.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::desk::Desk;
use crate::paths::{folder_of, plain};
use crate::{terminal, workspace};

/// What is met of them in a walk.
pub(super) struct Elsewhere<'a> {
    desk: &'a Desk,
    /// By folder: the other workspace it is in.
    known: HashMap<PathBuf, Option<PathBuf>>,
}

impl<'a> Elsewhere<'a> {
    /// As seen from a workspace.
    pub fn new(desk: &'a Desk) -> Self {
        Self { desk, known: HashMap::new() }
    }

    /// Whether another register has a file's number.
    pub fn has(&mut self, file: &Path) -> bool {
        let folder = folder_of(file);
        if let Some(known) = self.known.get(folder) {
            return known.is_some();
        }
        let own = &self.desk.workspace;
        let home = workspace::find(folder).filter(|home| {
            let register = || workspace::read(home).ok().map(|it| plain(&it.register));
            *home != own.folder && register() != Some(plain(&own.register))
        });
        self.known.insert(folder.to_owned(), home.clone());
        home.is_some()
    }

    /// Names them, and what was not done with their files.
    pub fn tell(&self, undone: &str) {
        let mut homes: Vec<&PathBuf> = self.known.values().flatten().collect();
        homes.sort();
        homes.dedup();
        for home in homes {
            let home = home.display();
            terminal::note(&format!(
                "“{home}”有自己的登记簿，里面的文件{undone}；到那里再运行一次"
            ));
        }
    }
}
