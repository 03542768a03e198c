//! The headers that a host has to send with the packed page, in the form that each host reads: all from the one policy.

use std::fmt::Write as _;

use anyhow::{Result, bail};

use crate::serve::policy;

/// A group of paths with the same headers. No path falls under two groups: hosts would join their values, and of two policies the
/// stricter holds, which would take the service worker its own origin.
struct Group {
    paths: Paths,
    headers: Vec<(&'static str, String)>,
}

enum Paths {
    /// One address, below the base.
    One(&'static str),
    /// Everything in a folder, below the base.
    Folder(&'static str),
}

/// Checks the path that the page is served under: `/`, or `/a/b/`.
pub fn checked_base(base: &str) -> Result<&str> {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part.chars().all(|one| one.is_ascii_alphanumeric() || "._-~".contains(one))
    };
    let parts = base.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    if base == "/" || parts.is_some_and(|parts| parts.split('/').all(plain)) {
        Ok(base)
    } else {
        bail!("--base {base}: not a path like /undertone/, with a slash at both ends")
    }
}

fn groups(base: &str) -> Vec<Group> {
    let headers = |file| {
        let mut headers = policy::headers(file);
        for (name, value) in &mut headers {
            if *name == "Service-Worker-Allowed" {
                base.clone_into(value);
            }
        }
        headers
    };
    let mut groups = vec![
        Group { paths: Paths::One(""), headers: headers(None) },
        Group { paths: Paths::One("index.html"), headers: headers(None) },
    ];
    groups.extend(policy::FOLDERS.map(|folder| {
        let of_worker = policy::SERVICE_WORKER.split('/').next() == Some(folder);
        let file = of_worker.then_some(policy::SERVICE_WORKER);
        Group { paths: Paths::Folder(folder), headers: headers(file) }
    }));
    groups
}

/// `_headers`, as Netlify and Cloudflare Pages read it.
pub fn static_hosts(base: &str) -> String {
    let mut text = String::new();
    for Group { paths, headers } in groups(base) {
        let _ = match paths {
            Paths::One(name) => writeln!(text, "{base}{name}"),
            Paths::Folder(folder) => writeln!(text, "{base}{folder}/*"),
        };
        for (name, value) in headers {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
    text
}

/// Locations for a `server` block of nginx. `FOLDER` stands for where the packed page lies.
pub fn nginx(base: &str) -> String {
    let mut text = "# Undertone: put this into a server block, with the packed page's folder in the place of FOLDER.\n\
                    # A file that is not there gets the headers, too. Compression: gzip or brotli as for other static files.\n"
        .to_owned();
    let types = "types { text/html html; text/css css; text/javascript js; application/manifest+json webmanifest; \
                 image/svg+xml svg; image/png png; }";
    for Group { paths, headers } in groups(base) {
        let _ = match paths {
            Paths::One(name) => writeln!(text, "location = {base}{name} {{"),
            Paths::Folder(folder) => writeln!(text, "location ^~ {base}{folder}/ {{"),
        };
        let _ = match paths {
            // Its index is another address, which has the headers.
            Paths::One("") => writeln!(text, "    alias FOLDER/;\n    index index.html;"),
            Paths::One(name) => writeln!(text, "    alias FOLDER/{name};"),
            Paths::Folder(folder) => writeln!(text, "    alias FOLDER/{folder}/;"),
        };
        let _ = writeln!(
            text,
            "    {types}\n    default_type application/octet-stream;\n    charset utf-8;\n    charset_types text/css text/javascript;"
        );
        for (name, value) in headers {
            let _ = writeln!(text, "    add_header {name} \"{value}\" always;");
        }
        text.push_str("}\n");
    }
    text
}

/// A site of Caddy. `HOST` and `FOLDER` stand for the address and where the packed page lies.
pub fn caddy(base: &str) -> String {
    let mut text = "# Undertone: the site's name in the place of HOST, the packed page's folder in that of FOLDER.\nHOST {\n".to_owned();
    let _ = writeln!(
        text,
        "    handle_path {base}* {{\n        root * FOLDER\n        encode zstd gzip\n        file_server\n    }}\n    \
         @manifest path {base}www/*.webmanifest\n    header @manifest Content-Type application/manifest+json"
    );
    for (number, Group { paths, headers }) in groups(base).into_iter().enumerate() {
        let _ = match paths {
            Paths::One(name) => writeln!(text, "    @part{number} path {base}{name}"),
            Paths::Folder(folder) => writeln!(text, "    @part{number} path {base}{folder}/*"),
        };
        let _ = writeln!(text, "    header @part{number} {{");
        for (name, value) in headers {
            let _ = writeln!(text, "        {name} \"{value}\"");
        }
        text.push_str("    }\n");
    }
    text.push_str("}\n");
    text
}

/// `.htaccess` for Apache with `mod_headers`, to lie in the packed page's folder. Folders have their own headers by a condition on the address.
pub fn apache(base: &str) -> String {
    let mut text = "# Undertone: for the packed page's folder; Apache needs mod_headers, and AllowOverride FileInfo.\n\
                    AddType application/manifest+json .webmanifest\nAddType text/javascript .js\nAddDefaultCharset utf-8\nAddCharset utf-8 .css .js\n"
        .to_owned();
    for Group { paths, headers } in groups(base) {
        let condition = match paths {
            // Apache answers the folder's own address with its index.
            Paths::One("") => continue,
            Paths::One(_) => format!("%{{REQUEST_URI}} =~ m#^{base}(index\\.html)?$#"),
            Paths::Folder(folder) => format!("%{{REQUEST_URI}} =~ m#^{base}{folder}/#"),
        };
        let _ = writeln!(text, "<If \"{condition}\">");
        for (name, value) in headers {
            let _ = writeln!(text, "    Header always set {name} \"{}\"", value.replace('"', "\\\""));
        }
        text.push_str("</If>\n");
    }
    text
}

/// What an administrator reads first.
pub fn readme(base: &str) -> String {
    format!(
        "Undertone as a static site\n\
         ==========================\n\n\
         Copy the folder dist/ to where it is served as {base}. Nothing runs on the server, and it gets nothing but requests for these files.\n\
         Any host of static files will do; the headers keep what the page promises, so send them all:\n\n\
         \x20 _headers    in dist/ itself: Netlify, Cloudflare Pages and hosts that read it\n\
         \x20 nginx.conf  locations for a server block of nginx\n\
         \x20 Caddyfile   a site of Caddy\n\
         \x20 htaccess    Apache: copy it to dist/.htaccess\n\n\
         They are made for the path {base}; for another one make them anew: cargo xtask dist --base /path/\n\
         The microphone needs https (or localhost). A host that can send no headers (GitHub Pages) serves a page that works, but not without\n\
         a network, and that changed code could leave with data in an address; docs/privacy.md says what each header keeps.\n\
         LICENSE-MIT, LICENSE-APACHE and THIRD-PARTY.txt are the licences: whoever passes the page on passes them on.\n\
         dist/SHA256SUMS has the checksum of every file. To check a served page: sha256sum -c SHA256SUMS in a copy of it.\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_closes_the_page_and_opens_its_own_server_to_the_worker_alone() {
        for base in ["/", "/a/b-c/"] {
            for text in [static_hosts(base), nginx(base), caddy(base), apache(base)] {
                assert_eq!(text.matches("connect-src 'self'").count(), 1, "{text}");
                let allowed = text.lines().find(|line| line.contains("Service-Worker-Allowed")).unwrap();
                assert!(allowed.contains(base), "{allowed}");
                assert!(text.matches("connect-src 'none'").count() >= 3);
                assert!(text.matches("Connection-Allowlist").count() >= 4);
            }
        }
    }

    #[test]
    fn a_base_is_a_plain_path() {
        for base in ["/", "/undertone/", "/a/b.c-d_e~/"] {
            assert_eq!(checked_base(base).unwrap(), base);
        }
        for base in ["", "a/", "/a", "//", "/a//b/", "/../", "/a b/", "/a;b/", "/ü/", "/\"/"] {
            assert!(checked_base(base).is_err(), "{base}");
        }
    }
}
