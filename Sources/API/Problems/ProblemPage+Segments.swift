import Domain

extension Problem {
  /// The status of what is wrong with a segment, the work on one, or the scoring of RFM.
  var statusOfSegments: Int {
    switch self {
    case .segmentNotFound, .workNotListed, .rfmGroupNotFound: 404
    case .segmentRevisionChanged, .rfmRevisionChanged: 412
    case .segmentsTooMany, .timeZoneUnknown, .rfmUnusable: 422
    case .workOfRole: 403
    default: 409
    }
  }

  /// What helps to go on where a segment, the work on one, or the scoring of RFM is what is wrong.
  var extrasOfSegments: [String: JSON] {
    switch self {
    case .segmentNameTaken(_, let id), .workNotDue(let id): ["segment": .int(Int64(id.rawValue))]
    case .segmentRevisionChanged(let id, let expected, let actual):
      ["segment": .int(Int64(id.rawValue)), "expected": .int(expected), "actual": .int(actual)]
    case .rfmRevisionChanged(let expected, let actual):
      ["expected": .int(expected), "actual": .int(actual)]
    case .segmentsTooMany(let limit): ["limit": .int(Int64(limit))]
    case .workNotListed(let customer, let id):
      ["customer": .int(Int64(customer.rawValue)), "segment": .int(Int64(id.rawValue))]
    case .workTaken(let customer, let holder):
      ["customer": .int(Int64(customer.rawValue)), "operator": .int(Int64(holder.rawValue))]
    case .workSettled(let customer, let holder):
      [
        "customer": .int(Int64(customer.rawValue)),
        "operator": holder.map { .int(Int64($0.rawValue)) } ?? .null,
      ]
    case .workOfRole(let role): ["role": .int(Int64(role.rawValue))]
    case .timeZoneUnknown(let name): ["zone": .string(name)]
    case .rfmUnusable(let field, let expected):
      ["field": .string(field), "expected": .string(expected.english)]
    case .rfmGroupNotFound(_, let known): ["known": .array(known.map(JSON.string))]
    default: [:]
    }
  }
}
