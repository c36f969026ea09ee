//! The procedures of the portal: GET shows the step that the server holds, POST moves it on and answers 303.

use super::form::parse_form;
use super::{RequestContext, Site, errors, pages};
use app::pages::portal::{contract_address, procedure, procedure_address, request_address};
use app::port::{ContractId, Procedure, ProcedureScreen, RequestReference};
use app::wire::Form;
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use rules::RequestKind;

pub(super) async fn view(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path((id, kind)): Path<(ContractId, String)>,
) -> Response {
    let Some(kind) = RequestKind::parse(&kind) else { return errors::not_found().await };
    match pages::watched(&site, &asked, site.port.procedure(&asked.visitor, kind, &id)).await {
        // What was sent has an address of its own, where it stays when it comes to its end and the procedure can begin again.
        Ok((Procedure { screen: ProcedureScreen::Receipt(request), .. }, _)) => {
            Redirect::to(&request_address(&request.reference)).into_response()
        }
        Ok((data, props)) => {
            let status = if data.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            (status, Html(procedure(site.port.brand(), data, props))).into_response()
        }
        Err(fault) => errors::fault(&asked, &fault),
    }
}

/// One request, open or at its end.
pub(super) async fn request(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path(reference): Path<RequestReference>,
) -> Response {
    match pages::watched(&site, &asked, site.port.request(&asked.visitor, &reference)).await {
        Ok((data, props)) => Html(procedure(site.port.brand(), data, props)).into_response(),
        Err(fault) => errors::fault(&asked, &fault),
    }
}

pub(super) async fn submit(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    Path((id, kind)): Path<(ContractId, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(kind) = RequestKind::parse(&kind) else { return errors::not_found().await };
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    match site.port.submit_procedure(&asked.visitor, kind, &id, form).await {
        Ok(true) => Redirect::to(&procedure_address(kind, &id)).into_response(),
        Ok(false) => Redirect::to(&contract_address(&id)).into_response(),
        Err(fault) => errors::of_post(&asked, &fault),
    }
}

pub(super) async fn withdraw(
    State(site): State<Site>,
    Extension(asked): Extension<RequestContext>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(form) = parse_form(&headers, &body) else { return errors::refuse(StatusCode::BAD_REQUEST) };
    let reference = form.get(Form::REFERENCE).into();
    match site.port.withdraw_request(&asked.visitor, &reference).await {
        Ok(()) => Redirect::to(&request_address(&reference)).into_response(),
        Err(fault) => errors::of_post(&asked, &fault),
    }
}
