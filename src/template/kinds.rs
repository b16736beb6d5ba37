//! Whether an expression of a notice makes sense of what it computes with: parameters are texts,
//! and texts have no parts, are not multiplied and are not compared.

use std::iter::Peekable;
use std::vec::IntoIter;

const PARTS: &str = "参数是文字，后面不能带点或方括号";
const SUMS: &str = "文字不能加减乘除，先变成数，如 {{ 名额|int * 2 }}；连起来用 ~";
const OTHERS: &str = "花括号里不能比较、判断，只写名称";

/// Filters that make a number.
const NUMBERS: [&str; 6] = ["abs", "count", "float", "int", "length", "round"];

/// What an expression comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Number,
    Text,
    Sign(char),
}

/// Why an expression is not evaluated, though its names are there; `None` if it is.
pub fn fault(inner: &str) -> Option<&'static str> {
    let mut reading = Reading { tokens: tokens(inner).into_iter().peekable() };
    let read = reading.sum().and_then(|_| match reading.tokens.next() {
        None => Ok(()),
        Some(token) => Err(foreign(&token)),
    });
    read.err()
}

fn tokens(inner: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        let run =
            |of: fn(char) -> bool| rest.find(|c: char| !of(c)).unwrap_or(rest.len());
        let length = if c.is_ascii_digit() {
            tokens.push(Token::Number);
            run(|c| c.is_ascii_digit() || c == '.')
        } else if is_of_name(c) {
            let length = run(is_of_name);
            tokens.push(Token::Name(rest[..length].to_owned()));
            length
        } else if matches!(c, '\'' | '"') {
            tokens.push(Token::Text);
            quoted(rest, c)
        } else {
            tokens.extend((!c.is_whitespace()).then_some(Token::Sign(c)));
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The length of a text in quotes.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = true;
    let ends = |c: char| {
        let end = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        end
    };
    rest.find(ends).map_or(rest.len(), |at| at + 1)
}

/// What to say of a token that has no place where it is.
fn foreign(token: &Token) -> &'static str {
    if matches!(token, Token::Sign('.' | '[')) { PARTS } else { OTHERS }
}

struct Reading {
    tokens: Peekable<IntoIter<Token>>,
}

impl Reading {
    fn takes(&mut self, signs: &str) -> Option<char> {
        let is_one = |it: &Token| matches!(it, Token::Sign(c) if signs.contains(*c));
        match self.tokens.next_if(is_one) {
            Some(Token::Sign(c)) => Some(c),
            _ => None,
        }
    }

    fn sum(&mut self) -> Result<Kind, &'static str> {
        let mut kind = self.product()?;
        while let Some(sign) = self.takes("+-~") {
            let other = self.product()?;
            kind = match (sign, kind, other) {
                ('~', ..) => Kind::Text,
                (_, Kind::Number, Kind::Number) => Kind::Number,
                _ => return Err(SUMS),
            };
        }
        Ok(kind)
    }

    fn product(&mut self) -> Result<Kind, &'static str> {
        let kind = self.factor()?;
        while let Some(sign) = self.takes("*/%") {
            // `**` and `//` are one sign.
            self.takes(sign.encode_utf8(&mut [0; 4]));
            if (kind, self.factor()?) != (Kind::Number, Kind::Number) {
                return Err(SUMS);
            }
        }
        Ok(kind)
    }

    fn factor(&mut self) -> Result<Kind, &'static str> {
        if self.takes("-").is_some() {
            return match self.factor()? {
                Kind::Number => Ok(Kind::Number),
                Kind::Text => Err(SUMS),
            };
        }
        let mut kind = match self.tokens.next() {
            Some(Token::Name(_) | Token::Text) => Kind::Text,
            Some(Token::Number) => Kind::Number,
            Some(Token::Sign('(')) => {
                let kind = self.sum()?;
                self.closes()?;
                kind
            }
            Some(token) => return Err(foreign(&token)),
            None => return Err(OTHERS),
        };
        while self.takes("|").is_some() {
            kind = self.filter()?;
        }
        match self.tokens.peek() {
            Some(token @ Token::Sign('.' | '[')) => Err(foreign(token)),
            _ => Ok(kind),
        }
    }

    fn filter(&mut self) -> Result<Kind, &'static str> {
        let Some(Token::Name(name)) = self.tokens.next() else { return Err(OTHERS) };
        if self.takes("(").is_some() && self.takes(")").is_none() {
            self.sum()?;
            while self.takes(",").is_some() {
                self.sum()?;
            }
            self.closes()?;
        }
        Ok(if NUMBERS.contains(&name.as_str()) { Kind::Number } else { Kind::Text })
    }

    fn closes(&mut self) -> Result<(), &'static str> {
        match self.takes(")") {
            Some(_) => Ok(()),
            None => Err(self.tokens.peek().map_or(OTHERS, foreign)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_filters_and_sums_of_numbers_make_sense() {
        for inner in [
            "年度",
            "年度|int + 1",
            "-(年度|int) * 2 // 3 ** 2 % 5",
            "(年度|int + 1) * 1.5",
            "'%06d'|format(年度|int)",
            "年度|replace('2.[', \"\\\"*\")|trim",
            "甲 ~ '至' ~ 乙|upper ~ (丙|int - 1)",
            "甲|default('')",
            "甲|trim()",
        ] {
            assert_eq!(fault(inner), None, "{inner}");
        }
    }

    #[test]
    fn texts_have_no_parts_and_are_neither_multiplied_nor_compared() {
        for (inner, told) in [
            ("单位.名称", PARTS),
            ("单位[0]", PARTS),
            ("单位|trim.名称", PARTS),
            ("(单位)[1:]", PARTS),
            ("[单位] * 3", PARTS),
            ("名额 * 2", SUMS),
            ("2 * (名额)", SUMS),
            ("名额|trim * 2", SUMS),
            ("甲 + 乙", SUMS),
            ("-甲", SUMS),
            ("名额 > 2", OTHERS),
            ("名额|int == 2", OTHERS),
            ("甲 if 乙 else 丙", OTHERS),
            ("not 甲", OTHERS),
            ("甲 is defined", OTHERS),
            ("甲()", OTHERS),
            ("{'甲': 乙}", OTHERS),
            ("甲|replace('1', 乙 * 2)", SUMS),
        ] {
            assert_eq!(fault(inner), Some(told), "{inner}");
        }
    }
}
