//! The sign-in form as a witness: Django's CSRF check compares the origin a browser names with the
//! origin that Django believes to be its own, so a post without credentials shows what it believes.
//!
//! Nothing is tried to sign in with: user and password are posted empty, which the form refuses
//! before anybody counts a failed attempt.

use crate::doctor::client::{Answer, Ask, Client};

/// Where Django projects have their sign-in form, unless told otherwise.
pub(crate) const USUAL_PATHS: [&str; 4] =
    ["/accounts/login/", "/login/", "/admin/login/", "/auth/login/"];

/// A name that no site has (RFC 2606), for what a stranger claims.
pub(crate) const FORGED_HOST: &str = "forged.invalid";

/// The form, and what its CSRF check said.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) path: String,
    /// The page with the form.
    pub(crate) page: Answer,
    token: String,
    cookies: String,
}

impl Form {
    /// The first page of those paths that holds a form of Django's.
    ///
    /// # Errors
    /// The site does not answer.
    pub(crate) fn find<'p>(
        client: &Client,
        paths: impl Iterator<Item = &'p str>,
    ) -> anyhow::Result<Option<Self>> {
        for path in paths {
            let mut path = path.to_owned();
            let mut page = client.send(&Ask { path: &path, ..Ask::default() })?;
            // With i18n_patterns the form stands below a language.
            if page.is_redirect() && page.header("location").starts_with('/') {
                page.header("location").clone_into(&mut path);
                page = client.send(&Ask { path: &path, ..Ask::default() })?;
            }
            if page.status != 200 {
                continue;
            }
            if let Some(token) = token(&page.body) {
                let cookies = cookies(&page);
                let token = token.to_owned();
                return Ok(Some(Self { path, page, token, cookies }));
            }
        }
        Ok(None)
    }

    /// Whether Django takes a post that says it comes from `origin`, or does not say.
    ///
    /// # Errors
    /// The site does not answer.
    pub(crate) fn accepts(
        &self,
        client: &Client,
        origin: Option<&str>,
        more: &[(&str, String)],
    ) -> anyhow::Result<bool> {
        let mut headers = vec![("cookie".to_owned(), self.cookies.clone())];
        if let Some(origin) = origin {
            headers.push(("origin".to_owned(), origin.to_owned()));
            headers.push(("referer".to_owned(), format!("{origin}{}", self.path)));
        }
        headers.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let form = format!("csrfmiddlewaretoken={}&username=&password=", self.token);
        let answer = client.send(&Ask { path: &self.path, headers, form: Some(form) })?;
        match answer.status {
            200..=399 => Ok(true),
            400 | 403 => Ok(false),
            status => anyhow::bail!("{} answers a post with {status}; try again later", self.path),
        }
    }
}

/// The value of the hidden field that `{% csrf_token %}` writes.
fn token(body: &str) -> Option<&str> {
    let (_, rest) = body.split_once("name=\"csrfmiddlewaretoken\"")?;
    let (tag, _) = rest.split_once('>')?;
    let (_, value) = tag.split_once("value=\"")?;
    let (token, _) = value.split_once('"')?;
    let plain = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    plain.then_some(token)
}

/// What a browser would send back.
fn cookies(page: &Answer) -> String {
    let pairs = page.all("set-cookie").filter_map(|line| line.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_form() {
        let tag = r#"<form><input type="hidden" name="csrfmiddlewaretoken" value="aB3">"#;
        assert_eq!(token(tag), Some("aB3"));
        for none in ["", "csrfmiddlewaretoken", r#"name="csrfmiddlewaretoken" value="a b">"#] {
            assert_eq!(token(none), None, "{none:?}");
        }
    }
}
