import Domain

extension Telling {
  var portugueseOfTeam: String {
    switch type {
    case .teamFounded: "\(actor) fundou a equipe, com “\(other)” como dono"
    case .operatorRegistered: "\(actor) incluiu “\(other)” na equipe"
    case .operatorRevised:
      "\(actor) mudou "
        + changed.map { $0 == "name" ? "o nome" : "o idioma" }
        .joined(separator: ", ") + " de “\(other)”"
    case .operatorArchived: "\(actor) arquivou o operador “\(other)”"
    case .operatorRestored: "\(actor) restaurou o operador “\(other)”"
    case .identityAdded: "\(actor) tornou “\(other)” conhecido como \(identity)"
    case .identityRemoved: "\(actor) deixou de ter “\(other)” conhecido como \(identity)"
    case .tokenIssued: "\(actor) emitiu o token “\(text("name"))” para “\(other)”"
    case .tokenRevoked: "\(actor) revogou o token \(number("token")) de “\(other)”"
    case .tokenUsed: "O token \(number("token")) de “\(other)” foi usado"
    case .roleDefined: "\(actor) definiu o papel “\(role)”"
    case .roleRevised:
      "\(actor) mudou "
        + changed.map { $0 == "name" ? "o nome" : "as permissões" }
        .joined(separator: ", ") + " do papel “\(role)”"
    case .roleRemoved: "\(actor) removeu o papel “\(text("name"))”"
    case .roleGranted:
      "\(actor) deu a “\(other)” o papel “\(role)”" + (categories.map { " para \($0)" } ?? "")
        + (data["until"]?.string.map { " até \($0)" } ?? "")
    case .grantRevoked: "\(actor) tirou de “\(other)” o papel “\(role)”"
    default:
      "\(actor) teve recusado “\(text("command"))”, que pede “\(text("permission"))”"
        + (number("times") > 1 ? ", \(number("times")) vezes" : "")
    }
  }
}
