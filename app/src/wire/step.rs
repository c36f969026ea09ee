//! The words that a form's hidden fields carry: the step that it was made for, and the button that was pressed.

use rules::words;

words! {
    /// The step that a form was made for.
    StepName {
        Identity = "identity",
        AlreadyRegistered = "already-registered",
        NoEmail = "no-email",
        Password = "password",
        Mail = "mail",
        Created = "created",
        Shown = "shown",
        NotEnrolled = "not-enrolled",
        UserId = "user-id",
        Sent = "sent",
        SignIn = "sign-in",
        Code = "code",
        Confirm = "confirm",
        NewPassword = "new-password",
        LinkDone = "link-done",
        LinkDisowned = "link-disowned",
        ChangePassword = "change-password",
        Session = "session",
        Ended = "over",
    }
}

words! {
    /// What a button of a form asks for.
    Action {
        /// The form's main button.
        Submit = "",
        /// A procedure that has ended begins again.
        Restart = "restart",
        /// 中止する: the person ends the procedure.
        Abandon = "abandon",
        /// The person is still there.
        Extend = "extend",
        /// Another mail.
        Resend = "resend",
        /// The user ID of a reset is typed again.
        Again = "again",
        /// 「心当たりがない」 on a link's page.
        Disown = "disown",
    }
}
