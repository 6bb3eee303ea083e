import Domain

extension Telling {
  var frenchOfTeam: String {
    switch type {
    case .teamFounded: "\(actor) a fondé l’équipe, dont « \(other) » est propriétaire"
    case .operatorRegistered: "\(actor) a fait entrer « \(other) » dans l’équipe"
    case .operatorRevised:
      "\(actor) a changé "
        + changed.map { $0 == "name" ? "le nom" : "la langue" }
        .joined(separator: ", ") + " de « \(other) »"
    case .operatorArchived: "\(actor) a archivé l’opérateur « \(other) »"
    case .operatorRestored: "\(actor) a restauré l’opérateur « \(other) »"
    case .identityAdded: "\(actor) a fait connaître « \(other) » comme \(identity)"
    case .identityRemoved: "\(actor) ne fait plus connaître « \(other) » comme \(identity)"
    case .tokenIssued: "\(actor) a émis le jeton « \(text("name")) » pour « \(other) »"
    case .tokenRevoked: "\(actor) a révoqué le jeton \(number("token")) de « \(other) »"
    case .tokenUsed: "Le jeton \(number("token")) de « \(other) » a servi"
    case .roleDefined: "\(actor) a défini le rôle « \(role) »"
    case .roleRevised:
      "\(actor) a changé "
        + changed.map { $0 == "name" ? "le nom" : "les permissions" }
        .joined(separator: ", ") + " du rôle « \(role) »"
    case .roleRemoved: "\(actor) a retiré le rôle « \(text("name")) »"
    case .roleGranted:
      "\(actor) a donné à « \(other) » le rôle « \(role) »"
        + (categories.map { " pour \($0)" } ?? "")
        + (data["until"]?.string.map { " jusqu’à \($0)" } ?? "")
    case .grantRevoked: "\(actor) a repris à « \(other) » le rôle « \(role) »"
    default:
      "\(actor) s’est vu refuser « \(text("command")) », qui demande « \(text("permission")) »"
        + (number("times") > 1 ? ", \(number("times")) fois" : "")
    }
  }
}
