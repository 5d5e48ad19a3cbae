import SlipwayServing

/// What an operation does that can be refused.
///
/// The document says for each operation which statuses it answers with; they follow from these and from the kinds of
/// errors, so that a new kind is decided about in one place, below.
struct OpenAPIRefusals: OptionSet {
    let rawValue: Int

    /// Anything at all.
    static let always = OpenAPIRefusals(rawValue: 1 << 0)
    /// Finds out who calls, on a server that asks for it.
    static let admission = OpenAPIRefusals(rawValue: 1 << 1)
    /// Reads a query.
    static let query = OpenAPIRefusals(rawValue: 1 << 2)
    /// Reads a body.
    static let body = OpenAPIRefusals(rawValue: 1 << 3)
    /// Finds a model.
    static let model = OpenAPIRefusals(rawValue: 1 << 4)
    /// Predicts and logs.
    static let prediction = OpenAPIRefusals(rawValue: 1 << 5)
    /// Completes records with stored features.
    static let features = OpenAPIRefusals(rawValue: 1 << 6)
    /// Gives reasons.
    static let explanation = OpenAPIRefusals(rawValue: 1 << 7)
    /// Keeps what came true.
    static let feedback = OpenAPIRefusals(rawValue: 1 << 8)
    /// Loads a version.
    static let loading = OpenAPIRefusals(rawValue: 1 << 9)
    /// Says whether the server answers, with an error where it does not.
    static let readiness = OpenAPIRefusals(rawValue: 1 << 10)
    /// Gives a file that may not be there.
    static let file = OpenAPIRefusals(rawValue: 1 << 11)

    /// The kinds of errors that something which does all this can meet.
    var codes: [ServingError.Code] {
        ServingError.Code.allCases.filter { !isDisjoint(with: $0.occasions) }
    }
}

extension ServingError.Code {
    /// What an operation does that meets this kind of errors; empty for what is no operation's own.
    fileprivate var occasions: OpenAPIRefusals {
        switch self {
        case .unauthenticated, .forbidden, .rateLimited: .admission
        case .malformed: [.query, .body]
        case .tooLarge, .unsupportedMediaType, .sentTooSlowly: .body
        case .headTooLarge: .always
        case .unknownRoute: .file
        case .methodNotAllowed: []
        case .unknownModel: .model
        case .notReady: [.model, .readiness]
        case .unknownKey, .featuresUnavailable: .features
        case .deadlineExceeded: [.prediction, .features]
        case .inferenceFailed: .prediction
        case .signatureMismatch, .logUnavailable: [.prediction, .feedback]
        case .busy: [.body, .prediction, .features, .feedback, .explanation]
        case .notExplainable: .explanation
        case .loadFailed: .loading
        case .internalError: .always
        }
    }

    /// The kind in words for the document.
    var meaning: String {
        switch self {
        case .unauthenticated: "the caller did not prove who it is"
        case .forbidden: "the caller may not do this"
        case .rateLimited: "the caller asks more often than its key allows"
        case .deadlineExceeded: "the time for the request has passed"
        case .sentTooSlowly: "the request was sent too slowly"
        case .headTooLarge: "the head of the request is over the limit"
        case .malformed: "the request is not what the route reads"
        case .unknownRoute: "there is no such route"
        case .unknownModel: "there is no such model or version here"
        case .unknownKey: "no features are stored for the key"
        case .methodNotAllowed: "the route does not know the method"
        case .tooLarge: "the body, or what it asks for, is over a limit"
        case .unsupportedMediaType: "the body is of a type that the route does not read"
        case .signatureMismatch: "a value does not fit the model"
        case .notReady: "the server or the model does not answer yet, or not any more"
        case .logUnavailable: "the answer cannot be logged, so it is not given"
        case .featuresUnavailable: "the stored features cannot be read"
        case .loadFailed: "the version does not load"
        case .inferenceFailed: "the model failed on this row"
        case .notExplainable: "the model cannot say why it answers as it does"
        case .busy: "more is asked at the same time than the server takes on"
        case .internalError: "something unforeseen"
        }
    }
}
