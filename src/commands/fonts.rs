//! `hongtou fonts`: which file serves each role.

use crate::args;
use crate::diag::Error;
use crate::fonts::{self, Service};
use crate::pipeline::workspace_of;
use crate::terminal;
use crate::typeset::FontSet;

/// Prints a line for each role, and the folder.
///
/// # Errors
/// A workspace file with problems, which are shown; no font folder, or a role that nothing
/// serves.
pub fn fonts(args: &args::Fonts) -> Result<(), Error> {
    let workspace = workspace_of(".".as_ref()).map_err(|findings| {
        terminal::show(&findings);
        Error::document()
    })?;
    let asked = args.tools.fonts.as_deref();
    let folder =
        fonts::folder(asked, workspace.as_ref().and_then(|it| it.fonts.as_deref()))?;
    let set = FontSet::load(&folder, args.tools.system_fonts, fonts::SELDOM);
    let (_, services) = fonts::resolve(&set.families());
    terminal::say(&format!("字体文件夹：{}", folder.display()));
    let file = |family: &str| {
        let face =
            set.faces().iter().find(|face| face.family.eq_ignore_ascii_case(family));
        face.map_or(String::new(), |face| face.file.display().to_string())
    };
    let mut missing = false;
    for (role, service) in services {
        let line = match &service {
            Service::Real(name) => format!("{name}  {}", file(name)),
            Service::Substitute(name) => format!("{name}（代用）  {}", file(name)),
            Service::Borrowed(name) => format!("没有，借用 {name}  {}", file(name)),
            Service::Missing => "没有".into(),
        };
        missing |= service == Service::Missing;
        terminal::say(&format!("{}：{line}", role.name));
    }
    if missing {
        return Err(Error::command("有的字体没有文件可用")
            .hint("随程序发放的 fonts 文件夹里有全部所需的字体"));
    }
    Ok(())
}
