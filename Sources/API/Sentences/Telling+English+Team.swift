import Domain

extension Telling {
  var englishOfTeam: String {
    switch type {
    case .teamFounded: "\(actor) founded the team, with “\(other)” as its owner"
    case .operatorRegistered: "\(actor) took “\(other)” into the team"
    case .operatorRevised:
      "\(actor) changed "
        + changed.map { $0 == "name" ? "the name" : "the language" }
        .joined(separator: ", ") + " of “\(other)”"
    case .operatorArchived: "\(actor) archived the operator “\(other)”"
    case .operatorRestored: "\(actor) restored the operator “\(other)”"
    case .identityAdded: "\(actor) made “\(other)” known as \(identity)"
    case .identityRemoved: "\(actor) no longer has “\(other)” known as \(identity)"
    case .tokenIssued: "\(actor) issued the token “\(text("name"))” for “\(other)”"
    case .tokenRevoked: "\(actor) revoked token \(number("token")) of “\(other)”"
    case .tokenUsed: "Token \(number("token")) of “\(other)” was used"
    case .roleDefined: "\(actor) defined the role “\(role)”"
    case .roleRevised:
      "\(actor) changed "
        + changed.map { $0 == "name" ? "the name" : "the permissions" }
        .joined(separator: ", ") + " of the role “\(role)”"
    case .roleRemoved: "\(actor) removed the role “\(text("name"))”"
    case .roleGranted:
      "\(actor) gave “\(other)” the role “\(role)”" + (categories.map { " for \($0)" } ?? "")
        + (data["until"]?.string.map { " until \($0)" } ?? "")
    case .grantRevoked: "\(actor) took the role “\(role)” from “\(other)”"
    default:
      "\(actor) was refused “\(text("command"))”, which needs “\(text("permission"))”"
        + (number("times") > 1 ? ", \(number("times")) times" : "")
    }
  }
}
