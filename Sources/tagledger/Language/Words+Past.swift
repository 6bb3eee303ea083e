import APITypes

// The past: what was, why, and undoing it.
extension Words {
  func asOf(_ moment: PastMoment) -> String {
    let place = place(moment)
    return say(
      en: "As it was after \(place).", pt: "Como era depois de \(place).",
      fr: "Tel que c’était après \(place).")
  }

  /// Said beside whatever is read from a damaged ledger.
  func soundUntil(_ seq: Int64) -> String {
    let seq = number(seq)
    return say(
      en: """
        The log is damaged: what follows is as it was after event \(seq), and nothing can be \
        changed. “tagledger status” says what has been found; restore a backup.
        """,
      pt: """
        O log está danificado: o que segue é como era depois do evento \(seq), e nada pode ser \
        mudado. “tagledger status” diz o que foi encontrado; restaure um backup.
        """,
      fr: """
        Le journal est endommagé : ce qui suit est tel que c’était après l’événement \(seq), et \
        rien ne peut être changé. « tagledger status » dit ce qui a été trouvé ; restaurez une \
        sauvegarde.
        """)
  }

  func between(_ from: PastMoment, _ to: PastMoment) -> String {
    say(
      en: "From \(place(from)) to \(place(to)):", pt: "De \(place(from)) até \(place(to)):",
      fr: "De \(place(from)) à \(place(to)) :")
  }

  private func place(_ moment: PastMoment) -> String {
    let event = say(
      en: "event \(number(moment.seq))", pt: "evento \(number(moment.seq))",
      fr: "l’événement \(number(moment.seq))")
    guard let time = moment.time else { return event }
    return "\(event) (\(LocalTime(time)?.shown(language) ?? time))"
  }

  var noDifference: String {
    say(en: "Nothing differs.", pt: "Nada difere.", fr: "Rien ne diffère.")
  }

  var turns: String {
    say(
      en: "Every time it was got and lost:", pt: "Cada vez que foi recebida e perdida:",
      fr: "Chaque fois qu’elle a été reçue et perdue :")
  }

  func replaying(_ moment: PastMoment, _ path: String) -> String {
    say(
      en: "Serving the ledger as it was after \(place(moment)) at \(path); Ctrl-C ends it.",
      pt: "O registro, como era depois de \(place(moment)), está em \(path); Ctrl-C encerra.",
      fr: "Le registre, tel qu’il était après \(place(moment)), est servi à \(path) ; "
        + "Ctrl-C y met fin.")
  }

  /// What has become of a tag or a customer, as a difference names it.
  func change(_ name: String) -> String {
    switch name {
    case "created": say(en: "created", pt: "criada", fr: "créée")
    case "renamed": say(en: "renamed", pt: "renomeada", fr: "renommée")
    case "recolored": say(en: "recoloured", pt: "nova cor", fr: "nouvelle couleur")
    case "revised": say(en: "revised", pt: "alterado", fr: "modifié")
    case "aliases": say(en: "aliases", pt: "apelidos", fr: "alias")
    case "archived": say(en: "archived", pt: "arquivada", fr: "archivée")
    case "restored": say(en: "restored", pt: "restaurada", fr: "restaurée")
    case "deleted": say(en: "deleted", pt: "excluída", fr: "supprimée")
    case "merged": say(en: "merged", pt: "unido", fr: "fusionné")
    case "unmerged": say(en: "parted", pt: "separado", fr: "séparé")
    case "registered": say(en: "registered", pt: "cadastrado", fr: "enregistré")
    default: name
    }
  }
}
