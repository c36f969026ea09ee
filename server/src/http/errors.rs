//! Errors as pages: whatever went wrong, people get a page that helps, with a number to give to the contact centre.

use super::{RequestContext, Site};
use crate::use_cases::SESSION_COOKIE;
use app::fault::Fault;
use app::pages::error;
use app::wire::SESSION_ENDED;
use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Redirect, Response};

/// An answer that [`render_error_page`] turns into a page.
pub(crate) fn refuse(status: StatusCode) -> Response {
    status.into_response()
}

/// The answer to a fault on a page that people look at.
pub(crate) fn fault(asked: &RequestContext, fault: &Fault) -> Response {
    match fault {
        // Whoever had a session is told why there is none.
        Fault::SignedOut if asked.visitor.cookie(SESSION_COOKIE).is_some() => {
            Redirect::to(SESSION_ENDED).into_response()
        }
        Fault::SignedOut => Redirect::to("/sign-in").into_response(),
        Fault::Busy { retry_after } => {
            let mut response = refuse(StatusCode::SERVICE_UNAVAILABLE);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
            response
        }
        other => refuse(StatusCode::from_u16(other.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

/// The answer to a fault of a form that only somebody who is signed in is shown: who posts it has been in.
pub(super) fn of_post(asked: &RequestContext, fault_of_post: &Fault) -> Response {
    match fault_of_post {
        Fault::SignedOut => Redirect::to(SESSION_ENDED).into_response(),
        other => fault(asked, other),
    }
}

pub(super) async fn not_found() -> Response {
    refuse(StatusCode::NOT_FOUND)
}

pub(super) async fn method_not_allowed() -> Response {
    refuse(StatusCode::METHOD_NOT_ALLOWED)
}

/// A panic becomes a 500 page, and the process lives (OWASP ASVS 16.5.4). What the panic said is not shown.
pub(super) fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!(event = "panic", "a request panicked");
    refuse(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Gives every bare error its page.
pub(super) async fn render_error_page(State(site): State<Site>, request: Request, next: Next) -> Response {
    let asked = request.extensions().get::<RequestContext>().cloned();
    let machine = request.uri().path().starts_with("/api/");
    #[cfg(feature = "rehearsal")]
    let rehearsal = crate::rehearsal::answers(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    let has_body = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        ["text/html", "application/x-postcard", "application/json"].iter().any(|ours| kind.starts_with(ours.as_bytes()))
    }) && !response.body().is_end_stream();
    let (true, false, Some(asked)) = (status.is_client_error() || status.is_server_error(), has_body, asked) else {
        return response;
    };
    if status.is_server_error() {
        tracing::error!(event = "error_page", status = status.as_u16(), "an error page was returned");
    }
    #[cfg(feature = "rehearsal")]
    if rehearsal {
        let (told, body) = crate::rehearsal::refused(status, &site).into_parts();
        let mut response = Response::from_parts(response.into_parts().0, body);
        response.headers_mut().remove(header::CONTENT_LENGTH);
        response.headers_mut().extend(told.headers);
        return response;
    }
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::CONTENT_TYPE);
    let body = if machine {
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-postcard"));
        let fault = match status.as_u16() {
            404 | 405 => Fault::NotFound,
            503 => Fault::Unavailable,
            500..=599 => Fault::Internal,
            _ => Fault::BadRequest,
        };
        Body::from(postcard::to_allocvec(&fault).unwrap_or_default())
    } else {
        let props = site.document_props(&asked);
        let page = error::render(site.port.brand(), status.as_u16(), &asked.visitor.request_id, props);
        parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        Html(page).into_response().into_body()
    };
    Response::from_parts(parts, body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::get;
    use tower::ServiceExt as _;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn falls_over() {
        panic!("what somebody typed")
    }

    #[tokio::test]
    async fn asvs_16_5_4_a_panic_is_a_500_that_tells_nothing_and_the_next_request_is_answered() {
        let app = Router::new()
            .route("/falls-over", get(falls_over))
            .route("/", get(|| async {}))
            .layer(CatchPanicLayer::custom(panicked));
        for (path, status) in [("/falls-over", 500), ("/", 200)] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let answer = app.clone().oneshot(request).await.unwrap();
            assert_eq!(answer.status(), status, "{path}");
            assert!(answer.into_body().is_end_stream(), "no word of it");
        }
    }
}
