use super::Note;
use app::samples::parts::PartKind;

pub(super) const fn of(kind: PartKind) -> Note {
    let (section, words) = match kind {
        PartKind::Submit => (
            "8. Without WASM",
            "画面ごとに1つの主なボタンです。押せない状態にはせず、送信中はもう一度押しても送りません。",
        ),
        PartKind::ActionButton => {
            ("8. Without WASM", "主なボタンのほかにできることです。1つずつフォームなので、スクリプトなしでも働きます。")
        }
        PartKind::StepForm => {
            ("3. The rule of the wizard", "手順の欄とボタンを囲みます。どの手順の画面から送ったかも、一緒に送ります。")
        }
        PartKind::TextField => {
            ("5. Fields", "項目名、説明、欄、エラーの順に並びます。前に入力した内容は、エラーのときも残ります。")
        }
        PartKind::CurrentPassword => {
            ("5. Fields", "ログインと、パスワードの変更で使います。入力した文字を表示できます。")
        }
        PartKind::NewPassword => {
            ("5. Fields", "決まりは、はじめからすべて見えています。入力すると、守れたかどうかが変わります。")
        }
        PartKind::Notices => {
            ("3. The rule of the wizard", "直すところがあるときは、そのまとめに移動します。まとめから欄へ移れます。")
        }
        PartKind::Facts => ("2. Pages", "名前と値の一覧です。広い画面では、横に並びます。"),
        PartKind::Fact => ("2. Pages", "一覧の中の1つです。長い値は、次の行へ折り返します。"),
        PartKind::CopyValue => ("4. Flows", "控えておく値です。コピーのボタンは、スクリプトがあるときだけ出ます。"),
        PartKind::DeliveryLine => ("6. Mails", "配達の状況です。画面を開いたままでも、新しくなります。"),
        PartKind::Resend => {
            ("7. Limits", "次に送れるまでの時間を、ボタンの横で数えます。これ以上送れないときは、出ません。")
        }
        PartKind::ContactCentre => ("9. Brand", "電話番号と受付時間です。どちらも設定から作ります。"),
        PartKind::LateContactCentre => {
            ("7. Limits", "メールが遅れたときと、届かなかったときに出ます。スクリプトなしでは、はじめから出ています。")
        }
        PartKind::BackDialog => (
            "3. The rule of the wizard",
            "手続きの途中で「戻る」を押すと出ます。はじめに選ばれているのは「続ける」です。",
        ),
        PartKind::IdleDialog => {
            ("7. Limits", "操作がないまま終わる前に出ます。延ばせない終わりのときは、知らせるだけです。")
        }
        PartKind::Steps => ("4. Flows", "はじめての登録の、6つの手順のどこにいるかを示します。"),
        PartKind::Points => ("2. Pages", "順序のない文の一覧です。"),
        PartKind::Ordered => ("2. Pages", "順序のある文の一覧です。"),
    };
    Note { section, words }
}
