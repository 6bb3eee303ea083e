package import Domain

/// Why a request is refused before it becomes a command.
package enum Rejection: Error, Hashable, Sendable {
  case routeUnknown(String)
  case methodNotAllowed(String, allowed: [String])
  case uriTooLong(limit: Int)
  case uriUnreadable
  case hostUnknown(String)
  case originForeign(String)
  case contentTypeUnsupported(String)
  case jsonUnreadable(JSON.ParseError)
  case fieldUnknown(path: String, known: [String])
  case fieldMissing(path: String)
  /// Only one of the two may be given.
  case fieldsExclusive(String, String)
  /// A path that is empty stands for the whole body.
  case fieldUnreadable(path: String, expected: Shape)
  case parameterUnknown(String, known: [String])
  case parameterRepeated(String)
  case cursorUnreadable
  case languageUnknown(String)
  /// Too much at once, too large, or too slow.
  case limited(RequestLimit)
  /// Something went wrong inside; the log of the daemon says what.
  case failed

  /// What a field of a body has to be. The raw values are formats: they stand in `expected`.
  package enum Shape: String, Sendable {
    case text = "string"
    case texts = "array of strings"
    case integer
    case id = "integer, 1 to 2147483647"
    case ids = "array of integers, 1 to 2147483647"
    case flag = "boolean"
    case object
    case dictionary = "object whose members are strings"
  }

  /// The code a client matches on; never reworded once released.
  package var code: String {
    switch self {
    case .routeUnknown: "route.not_found"
    case .methodNotAllowed: "request.method_not_allowed"
    case .uriTooLong: "request.uri_too_long"
    case .uriUnreadable: "request.uri_unreadable"
    case .hostUnknown: "request.host_unknown"
    case .originForeign: "request.origin_foreign"
    case .contentTypeUnsupported: "request.content_type_unsupported"
    case .jsonUnreadable, .fieldUnknown, .fieldMissing, .fieldsExclusive, .fieldUnreadable:
      "request.malformed"
    case .parameterUnknown: "request.parameter_unknown"
    case .parameterRepeated: "request.parameter_repeated"
    case .cursorUnreadable: "request.cursor_unreadable"
    case .languageUnknown: "language.not_found"
    case .limited(let limit): limit.code
    case .failed: "internal"
    }
  }

  var status: Int {
    switch self {
    case .routeUnknown, .languageUnknown: 404
    case .methodNotAllowed: 405
    case .uriTooLong: 414
    case .hostUnknown: 421
    case .originForeign: 403
    case .contentTypeUnsupported: 415
    case .limited(let limit): limit.status
    case .failed: 500
    case .uriUnreadable, .jsonUnreadable, .fieldUnknown, .fieldMissing, .fieldsExclusive,
      .fieldUnreadable, .parameterUnknown, .parameterRepeated, .cursorUnreadable:
      400
    }
  }

  var extras: [String: JSON] {
    switch self {
    case .methodNotAllowed(_, let allowed): ["allowed": .array(allowed.map { .string($0) })]
    case .uriTooLong(let limit): ["limit": .int(Int64(limit))]
    case .jsonUnreadable(let error): ["offset": .int(Int64(error.offset))]
    case .fieldUnknown(let path, let known):
      ["field": .string(path), "known": .array(known.map { .string($0) })]
    case .fieldMissing(let path), .fieldsExclusive(let path, _): ["field": .string(path)]
    case .fieldUnreadable(let path, let expected):
      ["field": .string(path), "expected": .string(expected.rawValue)]
    case .parameterUnknown(let name, let known):
      ["parameter": .string(name), "known": .array(known.map { .string($0) })]
    case .parameterRepeated(let name): ["parameter": .string(name)]
    case .limited(let limit): limit.extras
    case .routeUnknown, .uriUnreadable, .hostUnknown, .originForeign, .contentTypeUnsupported,
      .cursorUnreadable, .languageUnknown, .failed:
      [:]
    }
  }
}
