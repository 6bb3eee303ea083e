import Domain

extension Problem {
  /// What helps to go on where a permission or the team is what is wrong.
  var extrasOfTeam: [String: JSON] {
    switch self {
    case .permissionMissing(let missing):
      ["permission": .string(missing.permission.rawValue), "givers": .array(texts: missing.givers)]
        .merging(missing.scope.extras) { $1 }
    case .callerUnknown(let ask): ["ask": .array(texts: ask)]
    case .credentialRefused(let fault): ["fault": .string(fault.rawValue)]
    case .assertionRefused(let uid): ["uid": .int(Int64(uid))]
    case .operatorNameTaken(_, let id), .operatorArchived(let id), .identityTaken(_, let id):
      ["operator": .int(Int64(id.rawValue))]
    case .operatorRevisionChanged(let id, let expected, let actual):
      ["operator": .int(Int64(id.rawValue)), "expected": .int(expected), "actual": .int(actual)]
    case .tokenOutlasts(let end): ["until": .string(end.text)]
    case .roleNameTaken(_, let id), .roleFixed(let id): ["role": .int(Int64(id.rawValue))]
    case .roleRevisionChanged(let id, let expected, let actual):
      ["role": .int(Int64(id.rawValue)), "expected": .int(expected), "actual": .int(actual)]
    case .permissionUnknown(let text):
      ["permission": .string(text), "known": .array(texts: PermissionSet.texts)]
    case .teamBeyondOwn(let permissions): ["permissions": .array(texts: permissions)]
    case .textEmpty(let field): ["field": .string(field)]
    default: [:]
    }
  }
}

extension MissingPermission.Scope {
  fileprivate var extras: [String: JSON] {
    switch self {
    case .anywhere, .everywhere: [:]
    case .category(let category): ["category": .string(category)]
    case .uncategorised: ["category": .null]
    }
  }
}

extension JSON {
  fileprivate static func array(texts: [String]) -> JSON {
    .array(texts.map(JSON.string))
  }
}
