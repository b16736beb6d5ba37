//! 字体: which font families serve 仿宋, 小标宋, 黑体, 楷体 and 宋体, and where the font
//! folder is.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Error};
use crate::template::Faces;

/// Faces that few notices need: opened when one does.
pub const SELDOM: &[&str] = &["GW FangSong Ext", "Noto Serif SC", "GW Rare Song"];

/// A face that the layout asks for.
#[derive(Debug)]
pub struct Role {
    /// Its name in the layout library.
    pub key: &'static str,
    /// Its name in Chinese.
    pub name: &'static str,
    /// Faces an office may have, by all their names; they go first.
    pub real: &'static [&'static str],
    /// The faces of the project's own folder.
    pub own: &'static [&'static str],
}

/// Faces with characters that all others lack: last in every list.
const RARE: &[&str] = &["Noto Serif SC", "GW Rare Song", "GW FangSong Ext"];

/// The roles, in the order of the report.
pub const ROLES: &[Role] = &[
    Role {
        key: "fangsong",
        name: "仿宋",
        real: &[
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "方正仿宋简体",
            "FZFangSong-Z02S",
            "华文仿宋",
            "STFangsong",
            "朱雀仿宋",
            "Zhuque Fangsong",
        ],
        own: &["GW FangSong", "GW FangSong Ext"],
    },
    Role {
        key: "biaosong",
        name: "小标宋",
        real: &[
            "方正小标宋简体",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05",
            "FZDocXiaoBiaoSong",
        ],
        own: &["GW BiaoSong"],
    },
    Role {
        key: "heiti",
        name: "黑体",
        real: &["黑体", "SimHei", "方正黑体简体", "FZHei-B01S", "华文黑体", "STHeiti"],
        own: &["GW HeiTi"],
    },
    Role {
        key: "kaiti",
        name: "楷体",
        real: &[
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "方正楷体简体",
            "FZKai-Z03S",
            "华文楷体",
            "STKaiti",
        ],
        own: &["GW KaiTi", "GW FangSong Ext"],
    },
    Role {
        key: "songti",
        name: "宋体",
        real: &["宋体", "SimSun", "方正书宋简体", "FZShuSong-Z01S", "华文宋体", "STSong"],
        own: &["GW SongTi"],
    },
    Role {
        key: "latin",
        name: "数字字母",
        real: &["Times New Roman"],
        own: &["Liberation Serif"],
    },
];

/// The roles in the order in which a page comes to use them.
pub const IN_USE: &[&str] =
    &["biaosong", "latin", "fangsong", "heiti", "kaiti", "songti"];

/// Which family serves a role, and how well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// A face of the role's own.
    Real(String),
    /// The project's substitute for it.
    Substitute(String),
    /// A face of some other role, for want of a better one.
    Borrowed(String),
    /// None at all.
    Missing,
}

/// Families by role, with rare characters' faces last, and how each role is served.
pub fn resolve(families: &[String]) -> (Faces, Vec<(&'static Role, Service)>) {
    let present =
        |name: &&&str| families.iter().any(|family| family.eq_ignore_ascii_case(name));
    let pick = |names: &'static [&'static str]| {
        names.iter().filter(present).map(|name| (*name).to_owned())
    };
    let mut faces = Faces::new();
    let mut services = Vec::new();
    // 宋体 is the least odd in another's place.
    let usual = ROLES.iter().filter(|role| role.key == "songti");
    let spare =
        usual.chain(ROLES).flat_map(|role| pick(role.real).chain(pick(main(role))));
    let spare = spare.chain(pick(RARE)).next();
    for role in ROLES {
        let mut chain: Vec<String> = pick(role.real).chain(pick(role.own)).collect();
        let service = match (pick(role.real).next(), pick(main(role)).next(), &spare) {
            (Some(name), ..) => Service::Real(name),
            (None, Some(name), _) => Service::Substitute(name),
            (None, None, Some(name)) => Service::Borrowed(name.clone()),
            (None, None, None) => Service::Missing,
        };
        if role.key != "latin" {
            if let Service::Borrowed(name) = &service {
                chain.push(name.clone());
            }
            chain.extend(pick(RARE));
        }
        faces.insert(role.key, chain);
        services.push((role, service));
    }
    (faces, services)
}

/// The face of the project's own folder that a role's usual characters come from; those behind
/// it have only what it lacks.
fn main(role: &Role) -> &'static [&'static str] {
    role.own.get(..1).unwrap_or_default()
}

/// What to say of roles without a face of their own: the page is not what the standard asks
/// for (5.2.2).
pub fn lacking(services: &[(&Role, Service)]) -> Option<Diagnostic> {
    let borrowed = |(role, service): &(&Role, Service)| match service {
        Service::Borrowed(name) => Some((role.name, name.clone())),
        _ => None,
    };
    let (roles, names): (Vec<_>, Vec<_>) = services.iter().filter_map(borrowed).unzip();
    let (name, roles) = (names.first()?, roles.join("、"));
    let message = format!("没有{roles}字体，用“{name}”代替，同标准不符");
    Some(
        Diagnostic::warning("P306", message)
            .hint("随程序发放的 fonts 文件夹里有全部所需的字体，放全它")
            .hint("用 `hongtou fonts` 查看各种字体由哪个文件提供"),
    )
}

/// The font folder: what was asked for, the environment's, the workspace's, the ones beside
/// the program, the checkout it was built from.
///
/// # Errors
/// No such folder; a folder that was asked for and is not there.
pub fn folder(asked: Option<&Path>, workspace: Option<&Path>) -> Result<PathBuf, Error> {
    if let Some(folder) = asked {
        return existing(folder.to_owned(), "--fonts 指定的");
    }
    if let Some(folder) =
        std::env::var_os("HONGTOU_FONTS").filter(|folder| !folder.is_empty())
    {
        return existing(folder.into(), "环境变量 HONGTOU_FONTS 指定的");
    }
    if let Some(folder) = workspace {
        return existing(folder.to_owned(), "工作目录 hongtou.yaml 里写的");
    }
    let beside = std::env::current_exe().ok().and_then(|exe| exe.canonicalize().ok());
    let beside = beside.as_deref().and_then(Path::parent);
    let places = [
        beside.map(|folder| folder.join("fonts")),
        beside.map(|folder| folder.join("../share/hongtou/fonts")),
        Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts")),
    ];
    places.into_iter().flatten().find(|folder| folder.is_dir()).ok_or_else(|| {
        Error::command("找不到字体文件夹")
            .hint("把随程序发放的 fonts 文件夹放在程序旁边")
            .hint("或用 --fonts 文件夹、环境变量 HONGTOU_FONTS 指明它在哪里")
    })
}

fn existing(folder: PathBuf, whose: &str) -> Result<PathBuf, Error> {
    if folder.is_dir() {
        return Ok(folder);
    }
    Err(Error::command(format!("{whose}字体文件夹“{}”不存在", folder.display()))
        .hint("检查路径；不指定时用程序旁边的 fonts 文件夹"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(families: &[&str], key: &str) -> Service {
        let families: Vec<String> =
            families.iter().map(|name| (*name).to_owned()).collect();
        let (_, services) = resolve(&families);
        services
            .into_iter()
            .find(|(role, _)| role.key == key)
            .map(|(_, it)| it)
            .expect("a role")
    }

    #[test]
    fn a_real_face_goes_before_the_substitute() {
        assert_eq!(
            service(&["GW FangSong", "fangsong"], "fangsong"),
            Service::Real("FangSong".into())
        );
        assert_eq!(
            service(&["GW FangSong"], "fangsong"),
            Service::Substitute("GW FangSong".into())
        );
    }

    #[test]
    fn a_role_without_a_face_borrows_one_and_says_so() {
        // One with what the main face lacks is none for the role.
        let few = ["GW BiaoSong", "GW FangSong Ext", "GW SongTi", "Noto Serif SC"];
        for key in ["kaiti", "fangsong", "heiti"] {
            assert_eq!(service(&few, key), Service::Borrowed("GW SongTi".into()));
        }
        let few: Vec<String> = few.iter().map(|it| (*it).to_owned()).collect();
        let (faces, services) = resolve(&few);
        assert_eq!(
            lacking(&services).map(|it| it.message).as_deref(),
            Some("没有仿宋、黑体、楷体、数字字母字体，用“GW SongTi”代替，同标准不符")
        );
        let chain = ["GW FangSong Ext", "GW SongTi", "Noto Serif SC"];
        assert_eq!(faces["fangsong"][..3], chain);
        assert_eq!(service(&[], "kaiti"), Service::Missing);
    }
}
