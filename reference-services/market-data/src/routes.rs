//! The routes under `/api/market-data/`, and what Django and DRF do before a view is reached: the
//! slash at the end, paths that do not exist, content negotiation, methods.

use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, RawQuery, Request};
use axum::handler::Handler;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, get};
use deadpool_postgres::Pool;
use kit::reply;

use crate::query::Query;
use crate::{calendar, fields, instruments, prices, reference};

/// Where the monolith's URLconf includes these routes.
pub(crate) const BASE: &str = "/api/market-data/";

/// How the monolith wrote a view, which decides the methods it takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    /// A class: DRF answers HEAD with its `get`.
    Class,
    /// A function under `@api_view(["GET"])`: HEAD is not allowed.
    Function,
}

impl View {
    fn allowed(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Class => "GET, HEAD, OPTIONS",
            Self::Function => "GET, OPTIONS",
        })
    }
}

/// Django's page for a path that does not exist, with `DEBUG` off.
const NOT_FOUND_PAGE: &str = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  \
    <title>Not Found</title>\n</head>\n<body>\n  \
    <h1>Not Found</h1><p>The requested resource was not found on this server.</p>\n\
    </body>\n</html>\n";

/// All routes, with the middleware the monolith has around them.
pub(crate) fn router(pool: Pool) -> Router {
    let routes: Router<Pool> = Router::new();
    let routes = add(routes, "instruments/", View::Class, instruments::list);
    let routes = add(routes, "instruments/{symbol}/", View::Class, instruments::detail);
    let routes = add(routes, "instruments/{symbol}/quote/", View::Class, prices::quote);
    let routes = add(routes, "instruments/{symbol}/candles/", View::Class, prices::candles);
    let routes = add(
        routes,
        "instruments/{symbol}/corporate-actions/",
        View::Class,
        prices::corporate_actions,
    );
    let routes = add(routes, "exchanges/", View::Class, reference::exchanges);
    let routes = add(routes, "exchanges/{code}/", View::Class, reference::exchange);
    let routes = add(routes, "sectors/", View::Class, reference::sectors);
    let routes = add(routes, "calendar/", View::Class, calendar::range);
    let routes = add(routes, "calendar/{day}/", View::Function, calendar::day);
    let routes = add(routes, "quotes/", View::Function, prices::quotes);
    let routes = routes
        .fallback(async || not_found())
        .layer(middleware::from_fn(kit::django::middleware))
        .with_state(pool.clone());
    kit::health::routes(pool).merge(routes)
}

/// A route that reads, and its twin without the slash, which leads to it.
fn add<H, T>(router: Router<Pool>, path: &str, view: View, handler: H) -> Router<Pool>
where
    H: Handler<T, Pool>,
    T: 'static,
{
    let path = format!("{BASE}{path}");
    router.route(path.trim_end_matches('/'), any(with_slash)).route(&path, read(view, handler))
}

fn read<H, T>(view: View, handler: H) -> MethodRouter<Pool>
where
    H: Handler<T, Pool>,
    T: 'static,
{
    get(handler).fallback(not_allowed).layer(middleware::from_fn(
        move |params: RawPathParams, request: Request, next: Next| {
            before(view, params, request, next)
        },
    ))
}

/// What DRF settles before it looks at the method: a path its URLconf knows, a format it speaks.
async fn before(view: View, params: RawPathParams, request: Request, next: Next) -> Response {
    if !resolves(&params) {
        return not_found();
    }
    let query = Query::read(request.uri().query().unwrap_or_default());
    let format = query.last("format").unwrap_or_default();
    let mut response = if !matches!(format, "" | "json") {
        reply::detail(StatusCode::NOT_FOUND, "Not found.")
    } else if !accepts_json(request.headers()) {
        let text = "Could not satisfy the request Accept header.";
        reply::detail(StatusCode::NOT_ACCEPTABLE, text)
    } else if view == View::Function && request.method() == Method::HEAD {
        not_allowed(Method::HEAD).await
    } else {
        next.run(request).await
    };
    response.headers_mut().insert(header::ALLOW, view.allowed());
    response
}

/// Whether Django's URLconf would take these parts of a path.
fn resolves(params: &RawPathParams) -> bool {
    params.iter().all(|(name, value)| match name {
        "symbol" => value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()),
        "day" => fields::path_date(value).is_some(),
        // A code is any text to the URLconf but for the dot, which begins a format.
        _ => !value.contains('.'),
    })
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let Some(accepted) = headers.get(header::ACCEPT) else { return true };
    let accepted = accepted.to_str().unwrap_or_default();
    accepted.split(',').any(|range| {
        let range = range.split(';').next().unwrap_or_default().trim();
        matches!(range, "*/*" | "application/*" | "application/json" | "*/json" | "*")
    })
}

/// `APPEND_SLASH`: the same path with its slash, if that is one.
async fn with_slash(params: RawPathParams, uri: Uri, RawQuery(query): RawQuery) -> Response {
    if !resolves(&params) {
        return not_found();
    }
    let query = query.filter(|query| !query.is_empty()).map(|query| format!("?{query}"));
    let target = format!("{}/{}", uri.path(), query.unwrap_or_default());
    let Ok(target) = HeaderValue::from_str(&target) else { return not_found() };
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    let headers = [(header::LOCATION, target), (header::CONTENT_TYPE, html)];
    (StatusCode::MOVED_PERMANENTLY, headers, Body::empty()).into_response()
}

async fn not_allowed(method: Method) -> Response {
    let text = format!("Method \"{method}\" not allowed.");
    reply::detail(StatusCode::METHOD_NOT_ALLOWED, &text)
}

fn not_found() -> Response {
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (StatusCode::NOT_FOUND, html, NOT_FOUND_PAGE).into_response()
}

/// The address the client used, as `build_absolute_uri` makes it: the Host it sent, and https if
/// the proxy in front says so (`SECURE_PROXY_SSL_HEADER`).
pub(crate) fn absolute(headers: &HeaderMap, path: &str) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let forwarded = text("x-forwarded-proto").and_then(|value| value.split(',').next());
    let scheme = if forwarded.map(str::trim) == Some("https") { "https" } else { "http" };
    format!("{scheme}://{}{BASE}{path}", text("host").unwrap_or("localhost"))
}
