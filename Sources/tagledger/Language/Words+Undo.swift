// What an undo does, and what it leaves.
extension Words {
  func asksUndo(_ figures: String) -> String {
    say(
      en: "Undo it, with this effect: \(figures)?", pt: "Desfazer, com este efeito: \(figures)?",
      fr: "Annuler, avec cet effet : \(figures) ?")
  }

  func undone(_ figures: String) -> String {
    guard !figures.isEmpty else {
      return say(
        en: "Nothing is set back.", pt: "Nada é desfeito.", fr: "Rien n’est rétabli.")
    }
    return say(
      en: "Undone, with this effect: \(figures).", pt: "Desfeito, com este efeito: \(figures).",
      fr: "Annulé, avec cet effet : \(figures).")
  }

  /// What the undo itself does, such as `12 × tag given back, 3 × tag taken off`.
  ///
  /// - Parameter events: how many events of each type undo it.
  func undoFigures(_ events: [String: Int]) -> String {
    events.sorted { $0.key < $1.key }.map { "\(number($0.value)) × \(effect($0.key))" }
      .joined(separator: ", ")
  }

  func leftAlone(_ count: Int) -> String {
    let things = number(count)
    return say(
      en: "Left alone (\(things)):", pt: "Deixado como está (\(things)):",
      fr: "Laissé tel quel (\(things)) :")
  }

  func andMore(_ count: Int) -> String {
    let more = number(count)
    return say(en: "… and \(more) more", pt: "… e mais \(more)", fr: "… et \(more) de plus")
  }

  /// What an event of an undo means to whoever undoes something; an unknown type stands as it is.
  private func effect(_ type: String) -> String {
    effectOnTags(type) ?? effectOnTeam(type) ?? effectOnPlans(type) ?? type
  }

  private func effectOnTags(_ type: String) -> String? {
    switch type {
    case "tag.applied": say(en: "tag given back", pt: "etiqueta devolvida", fr: "étiquette rendue")
    case "tag.removed": say(en: "tag taken off", pt: "etiqueta retirada", fr: "étiquette enlevée")
    case "tag.detailed":
      say(
        en: "details of a tag as before", pt: "detalhes de etiqueta como antes",
        fr: "détails d’étiquette comme avant")
    case "history.reopened":
      say(
        en: "history of a tag open again", pt: "histórico de etiqueta reaberto",
        fr: "historique d’étiquette rouvert")
    case "tag.renamed":
      say(
        en: "tag named as before", pt: "etiqueta com o nome de antes",
        fr: "étiquette nommée comme avant")
    case "tag.recolored":
      say(
        en: "tag coloured as before", pt: "etiqueta com a cor de antes",
        fr: "étiquette colorée comme avant")
    case "tag.revised":
      say(
        en: "tag described as before", pt: "etiqueta descrita como antes",
        fr: "étiquette décrite comme avant")
    case "tag.archived": say(en: "tag archived", pt: "etiqueta arquivada", fr: "étiquette archivée")
    case "tag.restored":
      say(en: "tag brought back", pt: "etiqueta trazida de volta", fr: "étiquette rétablie")
    case "tag.deleted": say(en: "tag deleted", pt: "etiqueta excluída", fr: "étiquette supprimée")
    case "tag.merged":
      say(en: "tag merged again", pt: "etiqueta unida de novo", fr: "étiquette fusionnée à nouveau")
    case "tag.unmerged":
      say(
        en: "merged tag parted again", pt: "etiqueta unida separada de novo",
        fr: "étiquette fusionnée séparée à nouveau")
    case "customer.revised":
      say(en: "customer as before", pt: "cliente como antes", fr: "client comme avant")
    case "customer.merged":
      say(en: "customer merged again", pt: "cliente unido de novo", fr: "client fusionné à nouveau")
    case "customer.unmerged":
      say(
        en: "merged customer parted again", pt: "cliente unido separado de novo",
        fr: "client fusionné séparé à nouveau")
    default: nil
    }
  }

  private func effectOnTeam(_ type: String) -> String? {
    switch type {
    case "operator.archived":
      say(en: "operator archived", pt: "operador arquivado", fr: "opérateur archivé")
    case "operator.restored":
      say(en: "operator brought back", pt: "operador trazido de volta", fr: "opérateur rétabli")
    case "operator.revised":
      say(en: "operator as before", pt: "operador como antes", fr: "opérateur comme avant")
    case "identity.added":
      say(en: "identity given back", pt: "identidade devolvida", fr: "identité rendue")
    case "identity.removed":
      say(en: "identity taken away", pt: "identidade retirada", fr: "identité retirée")
    case "token.revoked": say(en: "token revoked", pt: "token revogado", fr: "jeton révoqué")
    case "role.defined":
      say(en: "role defined again", pt: "papel definido de novo", fr: "rôle défini à nouveau")
    case "role.revised": say(en: "role as before", pt: "papel como antes", fr: "rôle comme avant")
    case "role.removed": say(en: "role removed", pt: "papel removido", fr: "rôle supprimé")
    case "role.granted": say(en: "role given back", pt: "papel devolvido", fr: "rôle rendu")
    case "grant.revoked": say(en: "role taken back", pt: "papel retirado", fr: "rôle repris")
    default: nil
    }
  }

  private func effectOnPlans(_ type: String) -> String? {
    switch type {
    case "rule.revised": say(en: "rule as before", pt: "regra como antes", fr: "règle comme avant")
    case "rule.enabled": say(en: "rule switched on", pt: "regra ligada", fr: "règle activée")
    case "rule.disabled":
      say(en: "rule switched off", pt: "regra desligada", fr: "règle désactivée")
    case "rule.removed": say(en: "rule removed", pt: "regra removida", fr: "règle retirée")
    case "segment.revised":
      say(en: "segment as before", pt: "segmento como antes", fr: "segment comme avant")
    case "segment.removed":
      say(en: "segment removed", pt: "segmento removido", fr: "segment retiré")
    case "segment.restored":
      say(en: "segment brought back", pt: "segmento trazido de volta", fr: "segment rétabli")
    case "work.taken":
      say(en: "work taken again", pt: "trabalho assumido de novo", fr: "travail repris en charge")
    case "work.done":
      say(en: "work done again", pt: "trabalho concluído de novo", fr: "travail à nouveau fait")
    case "work.skipped":
      say(en: "work skipped again", pt: "trabalho pulado de novo", fr: "travail à nouveau passé")
    case "work.reopened":
      say(en: "work open again", pt: "trabalho aberto de novo", fr: "travail à nouveau ouvert")
    case "rfm.configured":
      say(en: "RFM set as before", pt: "RFM como antes", fr: "RFM réglé comme avant")
    default: nil
    }
  }
}
