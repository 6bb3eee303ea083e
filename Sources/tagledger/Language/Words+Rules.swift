import APITypes

// Rules that decide who has a tag.
extension Words {
  var ruleFilter: String { say(en: "Filter", pt: "Filtro", fr: "Filtre") }
  var ruleOtherwise: String { say(en: "Otherwise", pt: "Senão", fr: "Sinon") }
  var ruleFaulty: String { say(en: "does nothing", pt: "não faz nada", fr: "ne fait rien") }
  var rulesHeading: String { say(en: "Rules", pt: "Regras", fr: "Règles") }
  var ruleMadeFrom: String { say(en: "Ready rule", pt: "Regra pronta", fr: "Règle toute prête") }
  var ruleTaken: String {
    say(en: "Taken by hand", pt: "Tirada à mão", fr: "Retirée à la main")
  }
  var ruleGiven: String { say(en: "Given by hand", pt: "Dada à mão", fr: "Posée à la main") }
  var ruleGaining: String {
    say(en: "Would gain it:", pt: "Ganhariam:", fr: "La recevraient :")
  }
  var ruleLosing: String {
    say(en: "Would lose it:", pt: "Perderiam:", fr: "La perdraient :")
  }

  func ruleState(_ isEnabled: Bool) -> String {
    isEnabled
      ? say(en: "on", pt: "ligada", fr: "en marche")
      : say(en: "off", pt: "desligada", fr: "arrêtée")
  }

  func otherwise(_ name: String, _ target: String?) -> String {
    switch name {
    case "keep": say(en: "keep the tag", pt: "manter a etiqueta", fr: "garder l’étiquette")
    case "move":
      say(
        en: "move to \(quoted(target ?? ""))", pt: "mover para \(quoted(target ?? ""))",
        fr: "passer à \(quoted(target ?? ""))")
    default: say(en: "remove the tag", pt: "tirar a etiqueta", fr: "retirer l’étiquette")
    }
  }

  func ruleCreated(_ rule: RuleDocument) -> String {
    let state = ruleState(rule.enabled)
    return say(
      en: "Rule \(rule.id), \(quoted(rule.name)), is created; it is \(state).",
      pt: "A regra \(rule.id), \(quoted(rule.name)), foi criada; está \(state).",
      fr: "La règle \(rule.id), \(quoted(rule.name)), est créée ; elle est \(state).")
  }

  func ruleRevised(_ rule: RuleDocument) -> String {
    say(
      en: "The rule \(quoted(rule.name)) is at version \(rule.version).",
      pt: "A regra \(quoted(rule.name)) está na versão \(rule.version).",
      fr: "La règle \(quoted(rule.name)) en est à la version \(rule.version).")
  }

  func ruleTurned(_ rule: RuleDocument) -> String {
    let state = ruleState(rule.enabled)
    return say(
      en: "The rule \(quoted(rule.name)) is \(state).",
      pt: "A regra \(quoted(rule.name)) está \(state).",
      fr: "La règle \(quoted(rule.name)) est \(state).")
  }

  func ruleRemoved(_ name: String) -> String {
    say(
      en: "The rule \(quoted(name)) is removed; who has the tag keeps it.",
      pt: "A regra \(quoted(name)) foi removida; quem tem a etiqueta fica com ela.",
      fr: "La règle \(quoted(name)) est retirée ; qui porte l’étiquette la garde.")
  }

  func ruleWould(_ preview: RulePreviewDocument) -> String {
    let (gains, losses) = (number(preview.gains), number(preview.losses))
    return say(
      en: "\(customers(preview.matching)) would have the tag: \(gains) would gain it, "
        + "\(losses) would lose it.",
      pt: "\(customers(preview.matching)) teriam a etiqueta: \(gains) ganhariam, "
        + "\(losses) perderiam.",
      fr: "\(customers(preview.matching)) porteraient l’étiquette : \(gains) la recevraient, "
        + "\(losses) la perdraient.")
  }

  func ruleUnknown(_ text: String) -> String {
    say(
      en: "No rule is called \(quoted(text)); see rule list.",
      pt: "Nenhuma regra se chama \(quoted(text)); veja rule list.",
      fr: "Aucune règle ne s’appelle \(quoted(text)) ; voyez rule list.")
  }
}
