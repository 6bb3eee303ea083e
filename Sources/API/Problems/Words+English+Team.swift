import Domain

extension Problem {
  /// The words of refusals that have to do with the team; the others are in `english`.
  var englishOfTeam: (title: String, detail: String) {
    switch self {
    case .permissionMissing(let missing):
      (
        "You may not do this",
        "You need the permission “\(missing.permission.rawValue)”\(missing.scope.english). "
          + Self.english(ask: missing.givers, "can give it.")
      )
    case .callerUnknown(let ask):
      (
        "You are not in the team",
        "You are on this machine, but not an operator of this ledger. "
          + Self.english(ask: ask, "can add you.")
      )
    case .credentialRefused(let fault):
      ("The token is not taken", fault.english)
    case .assertionRefused(let uid):
      (
        "You may not call for others",
        "uid \(uid) is no trusted proxy. Leave “Tagledger-Operator” out, or add the uid to "
          + "“proxy.uids” in the daemon’s settings."
      )
    case .operatorNotFound(let id):
      ("There is no such operator", "Nobody in the team is known as “\(id)”.")
    case .operatorNameTaken(let name, let id):
      (
        "An operator of that name exists",
        "“\(name)” reads the same as the name of operator \(id.rawValue). Choose another."
      )
    case .operatorArchived(let id):
      ("The operator is archived", "Restore operator \(id.rawValue) first.")
    case .operatorRevisionChanged(let id, let expected, let actual):
      (
        "The operator has changed meanwhile",
        "You have seen revision \(expected) of operator \(id.rawValue); it is at \(actual) now. "
          + "Look again, then decide."
      )
    case .identityTaken(let identity, let id):
      (
        "Another operator is known like that",
        "\(identity) is operator \(id.rawValue). Take it from them first."
      )
    case .tokenNotFound(let id): ("There is no such token", "No token has the number “\(id)”.")
    case .tokenOutlasts(let end):
      (
        "A token cannot give what lasts longer than itself",
        "The token you use ends at \(end.text). Name no later end, or act without a token."
      )
    case .roleNotFound(let id): ("There is no such role", "No role is known as “\(id)”.")
    case .roleNameTaken(let name, let id):
      (
        "A role of that name exists",
        "“\(name)” reads the same as the name of role \(id.rawValue). Choose another."
      )
    case .roleFixed:
      (
        "The owner’s role stays as it is",
        "Define a role of your own with the permissions you want."
      )
    case .roleRevisionChanged(let id, let expected, let actual):
      (
        "The role has changed meanwhile",
        "You have seen revision \(expected) of role \(id.rawValue); it is at \(actual) now. "
          + "Look again, then decide."
      )
    case .permissionUnknown(let text):
      ("There is no such permission", "“\(text)” is none; “known” lists what there is.")
    case .grantNotFound(let id): ("There is no such grant", "No grant has the number “\(id)”.")
    case .teamBeyondOwn(let permissions):
      (
        "You cannot give what you do not have",
        "You do not hold without limit: \(permissions.joined(separator: ", ")). Ask somebody who "
          + "does, such as an owner."
      )
    case .teamLastOwner:
      (
        "The last owner stays",
        "Somebody who is known must own the ledger without limit. Make another owner first."
      )
    case .textEmpty(let field):
      ("A text is empty", "“\(field)” has to say something.")
    default: ("", "")
    }
  }

  private static func english(ask names: [String], _ act: String) -> String {
    (names.isEmpty ? "root" : names.joined(separator: ", ")) + " " + act
  }
}

extension MissingPermission.Scope {
  fileprivate var english: String {
    switch self {
    case .anywhere: ""
    case .everywhere: ", without limit"
    case .category(let category): " for “\(category)-*”"
    case .uncategorised: " for tags without a category"
    }
  }
}

extension CredentialFault {
  fileprivate var english: String {
    switch self {
    case .unknown: "This ledger knows no such token. Ask for a new one."
    case .malformed: "Send one credential: “Authorization: Bearer TOKEN”."
    case .expired: "It has expired. Ask for a new one."
    case .revoked: "It has been revoked. Ask for a new one."
    case .archived:
      "Its operator has been archived. An operator who manages the team can restore them."
    case .otherUser: "It is bound to another user of this machine."
    case .otherOperator: "You are another operator yourself: call without it."
    }
  }
}
