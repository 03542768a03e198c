//! The one place that says what a visitor may load and which headers come with it. The development server, the
//! packed site and the tests all read it from here.

use std::path::{Path, PathBuf};

/// The part of the policy that the page also carries as a meta tag: nothing is loaded from elsewhere, and no
/// connection can be made at all.
pub const SHARED_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; \
     connect-src 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types undertone";

/// What only a header can say: who may frame the page, and that it can neither navigate a window nor open one. `allow-modals`
/// lets the browser ask before it closes the page, and print it.
const HEADER_ONLY_POLICY: &str =
    "frame-ancestors 'none'; sandbox allow-scripts allow-same-origin allow-downloads allow-modals";

/// Folders of the page beside `index.html`.
pub const FOLDERS: [&str; 3] = ["pkg", "worker", "www"];

/// The service worker has to fetch the page's own files into its cache, so it alone may connect to its own origin. It
/// lies in a folder of its own, so that a host's header rules can tell it from the rest; and there it may keep the
/// whole page only with a header that allows it, so a host that sends no headers gets no worker without a policy.
pub const SERVICE_WORKER: &str = "worker/service-worker.js";

/// What a browser may grant the page: the microphone, the whole screen for the live view, and that the screen stays on while a
/// conversation is recorded.
const OPEN_FEATURES: &str = "microphone=(self), fullscreen=(self), screen-wake-lock=(self)";

/// Everything else it could grant, closed. Only names that browsers know: an unknown one
/// is an error in the console.
const CLOSED_FEATURES: [&str; 20] = [
    "accelerometer",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "serial",
    "usb",
    "xr-spatial-tracking",
];

/// The headers of a response, for a file of the page or for a refusal (`None`).
pub fn headers(file: Option<&str>) -> Vec<(&'static str, String)> {
    let shared = match file {
        Some(SERVICE_WORKER) => SHARED_POLICY.replace("connect-src 'none'", "connect-src 'self'"),
        _ => SHARED_POLICY.to_owned(),
    };
    let closed: Vec<String> = CLOSED_FEATURES.iter().map(|feature| format!("{feature}=()")).collect();
    let mut headers = vec![
        ("Content-Security-Policy", format!("{shared}; {HEADER_ONLY_POLICY}")),
        ("Permissions-Policy", format!("{OPEN_FEATURES}, {}", closed.join(", "))),
        ("Connection-Allowlist", "(response-origin)".to_owned()),
        ("Cross-Origin-Opener-Policy", "same-origin".to_owned()),
        ("Cross-Origin-Embedder-Policy", "require-corp".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ("Referrer-Policy", "no-referrer".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("X-DNS-Prefetch-Control", "off".to_owned()),
        ("Cache-Control", "no-cache".to_owned()),
    ];
    if file == Some(SERVICE_WORKER) {
        headers.push(("Service-Worker-Allowed", "/".to_owned()));
    }
    headers
}

/// The type of a file that may be served, by its name's end; `None` keeps it in.
pub fn media_type(name: &str) -> Option<&'static str> {
    // Sources of types are for the compiler only.
    if name.ends_with(".d.ts") {
        return None;
    }
    Some(match name.rsplit_once('.')?.1 {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        _ => return None,
    })
}

/// The path inside the repository that a request's target names, if it is on the list: the page itself, and what
/// lies in its folders under a plain name with a known end.
///
/// The characters allowed leave no room for an encoding, a backslash or a drive, and no part may begin with a dot.
pub fn allowed(target: &str) -> Option<&str> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    if path.is_empty() || path == "index.html" {
        return Some("index.html");
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/');
    let (folder, _) = path.split_once('/')?;
    let listed = FOLDERS.contains(&folder)
        && path.chars().all(plain)
        && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'))
        && media_type(path).is_some();
    listed.then_some(path)
}

/// The file behind an allowed path; `None` if there is none, or if a link stands anywhere on the way to it.
pub fn file(root: &Path, path: &str) -> Option<PathBuf> {
    let mut file = root.to_path_buf();
    for part in path.split('/') {
        file.push(part);
        if file.symlink_metadata().ok()?.is_symlink() {
            return None;
        }
    }
    file.is_file().then_some(file)
}

/// Every file of the page, as paths inside the repository, in order.
pub fn all_files(root: &Path) -> Vec<String> {
    let mut found = vec!["index.html".to_owned()];
    for folder in FOLDERS {
        collect(root, folder, &mut found);
    }
    found.sort();
    found
}

fn collect(root: &Path, folder: &str, found: &mut Vec<String>) {
    let Ok(entries) = root.join(folder).read_dir() else { return };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() && !entry.path().is_symlink() && !name.starts_with('.') {
            collect(root, &path, found);
        } else if allowed(&format!("/{path}")).is_some() && file(root, &path).is_some() {
            found.push(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_and_its_parts_are_on_the_list() {
        assert_eq!(allowed("/"), Some("index.html"));
        assert_eq!(allowed("/?lang=da"), Some("index.html"));
        assert_eq!(allowed("/index.html"), Some("index.html"));
        assert_eq!(allowed("/www/app.js"), Some("www/app.js"));
        assert_eq!(allowed("/www/words/da.js?v=2"), Some("www/words/da.js"));
        assert_eq!(allowed("/pkg/undertone-wasm.js"), Some("pkg/undertone-wasm.js"));
        assert_eq!(allowed("/worker/service-worker.js"), Some(SERVICE_WORKER));
    }

    #[test]
    fn nothing_else_is() {
        for target in [
            "/.git/config",
            "/.git/HEAD",
            "/target/debug/undertone",
            "/Cargo.toml",
            "/models/metric-act.safetensors",
            "/src/lib.rs",
            "/xtask/src/main.rs",
            "/tests/browser/package.json",
            "/www",
            "/www/",
            "/www/app.rs",
            "/www/.secret.js",
            "/www/.git/config.js",
            "/pkg/undertone.d.ts",
            "/www/../Cargo.toml",
            "/www/../.git/x.js",
            "/www/./app.js",
            "/www//app.js",
            "/../etc/passwd.js",
            "//www/app.js",
            "/www/%2e%2e/Cargo.js",
            "/www/%2E%2E%2Fx.js",
            "/www/..%2fx.js",
            "/www/..\\x.js",
            "/www\\app.js",
            "/www/a%00.js",
            "/www/a\0.js",
            "/www/c:/x.js",
            "/WWW/app.js",
            "/index.html/",
            "/index.htm",
            "www/app.js",
            "http://127.0.0.1/www/app.js",
            "*",
            "",
        ] {
            assert_eq!(allowed(target), None, "{target}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_never_followed() {
        let root = std::env::temp_dir().join(format!("undertone-links-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&root);
        std::fs::create_dir_all(root.join("www")).unwrap();
        std::fs::create_dir_all(root.join("outside")).unwrap();
        std::fs::write(root.join("outside/x.js"), "secret").unwrap();
        std::fs::write(root.join("www/real.js"), "real").unwrap();
        std::os::unix::fs::symlink(root.join("outside/x.js"), root.join("www/link.js")).unwrap();
        std::os::unix::fs::symlink(root.join("outside"), root.join("www/folder")).unwrap();
        assert!(file(&root, "www/real.js").is_some());
        assert_eq!(file(&root, "www/link.js"), None);
        assert_eq!(file(&root, "www/folder/x.js"), None);
        assert_eq!(file(&root, "www"), None);
        assert_eq!(all_files(&root), ["index.html", "www/real.js"]);
        std::fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn no_response_can_connect_anywhere_but_the_service_worker_to_its_origin() {
        let policy =
            |file| headers(file).into_iter().find(|(name, _)| *name == "Content-Security-Policy").unwrap().1;
        for file in [None, Some("index.html"), Some("www/app.js"), Some("pkg/undertone.js")] {
            assert!(policy(file).contains("connect-src 'none'"), "{file:?}");
            assert!(policy(file).contains("frame-ancestors 'none'; sandbox "), "{file:?}");
        }
        assert!(policy(Some(SERVICE_WORKER)).contains("connect-src 'self'"));
    }

    /// What the page says that its server sends is what the server sends.
    #[test]
    fn the_page_shows_the_rules_that_only_a_header_has() {
        let script =
            std::fs::read_to_string(crate::paths::root().join("www/privacy/policy-rules.js")).unwrap();
        let (_, list) = script.split_once("const HEADERS = [").unwrap();
        let shown: Vec<(&str, &str)> = list
            .split("];\n")
            .next()
            .unwrap()
            .lines()
            .filter_map(|line| line.trim().strip_prefix("['")?.strip_suffix("'],")?.split_once("', '"))
            .collect();
        let (_, sandbox) = HEADER_ONLY_POLICY.split_once("sandbox ").unwrap();
        let sent = headers(Some("index.html"));
        let allowlist = sent.iter().find(|(name, _)| *name == "Connection-Allowlist").unwrap().1.as_str();
        assert_eq!(
            shown,
            [
                ("sandbox", sandbox),
                ("Permissions-Policy", OPEN_FEATURES),
                ("Connection-Allowlist", allowlist)
            ]
        );
    }

    /// The meta tag guards a copy of the page on a host that sends no headers; it must say the same.
    #[test]
    fn the_page_carries_the_policy_itself() {
        let page = std::fs::read_to_string(crate::paths::root().join("index.html")).unwrap();
        let tag = page.split("<meta").find(|tag| tag.contains("Content-Security-Policy")).unwrap();
        let content = tag.split_once("content=\"").unwrap().1.split('"').next().unwrap();
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(content).trim_end_matches(';'), words(SHARED_POLICY));
    }
}
