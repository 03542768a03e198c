//! `src/web/` only translates between JavaScript values and the crate: what is computed belongs where native tests reach
//! it.
#![allow(clippy::unwrap_used)] // a test that fails is one that unwraps an error

use std::path::Path;

use syn::visit::{self, Visit};

/// The one file that computes: it reads the browser's clock.
const CLOCK: &str = "pace.rs";

/// What a file computes.
#[derive(Default)]
struct Computed(Vec<String>);

impl<'ast> Visit<'ast> for Computed {
    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        use syn::BinOp::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Rem, RemAssign, Sub, SubAssign};
        let arithmetic = match binary.op {
            Add(_) | AddAssign(_) => Some("+"),
            Sub(_) | SubAssign(_) => Some("-"),
            Mul(_) | MulAssign(_) => Some("*"),
            Div(_) | DivAssign(_) => Some("/"),
            Rem(_) | RemAssign(_) => Some("%"),
            _ => None,
        };
        self.0.extend(arithmetic.map(str::to_owned));
        visit::visit_expr_binary(self, binary);
    }

    /// A length in a type is no constant.
    fn visit_type(&mut self, _: &'ast syn::Type) {}

    fn visit_lit(&mut self, literal: &'ast syn::Lit) {
        let digits = match literal {
            syn::Lit::Int(int) => int.base10_digits(),
            syn::Lit::Float(float) => float.base10_digits(),
            _ => return,
        };
        // Nothing and everything, first and second.
        if !["0", "1", "0.0", "1.0"].contains(&digits) {
            self.0.push(digits.to_owned());
        }
    }
}

fn computed(source: &str) -> Vec<String> {
    let mut found = Computed::default();
    found.visit_file(&syn::parse_file(source).unwrap());
    found.0
}

#[test]
fn web_does_no_arithmetic_and_has_no_constants() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let mut files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let found = computed(&std::fs::read_to_string(&path).unwrap());
        files += 1;
        if path.ends_with(CLOCK) {
            assert!(!found.is_empty(), "{CLOCK} computes nothing: it is no exception any more");
        } else {
            assert!(found.is_empty(), "{} computes: {}", path.display(), found.join(" "));
        }
    }
    assert!(files > 10);
}

#[test]
fn computed_finds_arithmetic_and_constants_but_not_text() {
    let source = r#"
        /// A line of 2 + 2 words.
        #[wasm_bindgen(js_name = "a-b")]
        fn f(x: f64, list: &[f64; 3]) -> f64 { let _ = "3 * 4"; x.max(list[0]) }
    "#;
    assert!(computed(source).is_empty());
    assert_eq!(computed("const N: f64 = 0.5; fn f(x: f64) -> f64 { x * 2.0 % N }"), ["0.5", "%", "*", "2.0"]);
    assert_eq!(computed("fn f(mut x: usize) { x += 1; }"), ["+"]);
}
