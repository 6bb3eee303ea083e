import APITypes

// The team.
extension Words {
  var roles: String { say(en: "Roles", pt: "Papéis", fr: "Rôles") }
  var role: String { say(en: "Role", pt: "Papel", fr: "Rôle") }
  var knownAs: String { say(en: "Known as", pt: "Conhecido como", fr: "Connu comme") }
  var permissions: String { say(en: "Permissions", pt: "Permissões", fr: "Permissions") }
  var operatorHeading: String { say(en: "Operator", pt: "Operador", fr: "Opérateur") }
  var lastUsed: String { say(en: "Last used", pt: "Último uso", fr: "Dernier usage") }
  var actor: String { say(en: "Acts as", pt: "Age como", fr: "Agit comme") }

  func operatorAdded(_ name: String) -> String {
    say(
      en: "Took \(quoted(name)) into the team; give them a role next.",
      pt: "\(quoted(name)) entrou na equipe; dê um papel agora.",
      fr: "\(quoted(name)) est dans l’équipe ; donnez-lui maintenant un rôle.")
  }

  func operatorArchived(_ name: String) -> String {
    say(
      en: "Archived \(quoted(name)): they may do nothing until they are restored.",
      pt: "\(quoted(name)) arquivado: não pode fazer nada até ser restaurado.",
      fr: "\(quoted(name)) archivé : ne peut plus rien faire avant d’être restauré.")
  }

  func roleDefined(_ name: String) -> String {
    say(
      en: "Defined the role \(quoted(name)).", pt: "Papel \(quoted(name)) definido.",
      fr: "Rôle \(quoted(name)) défini.")
  }

  func roleRemoved(_ name: String) -> String {
    say(
      en: "Removed the role \(quoted(name)).", pt: "Papel \(quoted(name)) removido.",
      fr: "Rôle \(quoted(name)) retiré.")
  }

  func granted(_ role: String, to name: String, _ id: Int32) -> String {
    say(
      en: "Gave \(quoted(name)) the role \(quoted(role)) (grant \(id)).",
      pt: "\(quoted(name)) agora tem o papel \(quoted(role)) (concessão \(id)).",
      fr: "\(quoted(name)) a maintenant le rôle \(quoted(role)) (attribution \(id)).")
  }

  func grantRevoked(_ id: Int32) -> String {
    say(
      en: "Revoked grant \(id).", pt: "Concessão \(id) retirada.",
      fr: "Attribution \(id) retirée.")
  }

  func tokenIssued(_ name: String, _ id: Int32) -> String {
    say(
      en: "Issued token \(quoted(name)) (id \(id)). It is shown this once:",
      pt: "Token \(quoted(name)) emitido (id \(id)). Só é mostrado desta vez:",
      fr: "Jeton \(quoted(name)) émis (id \(id)). Il n’est montré que cette fois :")
  }

  func tokenRevoked(_ id: Int32) -> String {
    say(en: "Revoked token \(id).", pt: "Token \(id) revogado.", fr: "Jeton \(id) révoqué.")
  }

  /// A grant as `agent: Status-*, until 2026-12-31T00:00:00.000000Z`.
  func tell(_ grant: GrantDocument) -> String {
    var text = grant.roleName
    if let categories = grant.categories {
      text += ": " + categories.map { $0 + "-*" }.joined(separator: ", ")
    }
    if let end = grant.until { text += ", \(until.lowercased()) \(end)" }
    return text
  }

  func tell(_ verdict: Verdict) -> String {
    let (name, permission) = (verdict.operator.name, verdict.permission)
    if let grant = verdict.grant {
      return say(
        en: "Yes: \(name) may \(permission), by grant \(grant.id) (\(tell(grant))).",
        pt: "Sim: \(name) pode \(permission), pela concessão \(grant.id) (\(tell(grant))).",
        fr: "Oui : \(name) peut \(permission), par l’attribution \(grant.id) (\(tell(grant))).")
    }
    let givers = verdict.givers.isEmpty ? "root" : verdict.givers.joined(separator: ", ")
    return say(
      en: "No: no grant of \(name) gives \(permission) here. It can be given by: \(givers).",
      pt: "Não: nenhuma concessão de \(name) dá \(permission) aqui. Quem pode dar: \(givers).",
      fr: "Non : aucune attribution de \(name) ne donne \(permission) ici. Peut la donner : "
        + "\(givers).")
  }
}
