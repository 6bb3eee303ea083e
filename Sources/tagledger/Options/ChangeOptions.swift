import ArgumentParser

/// What every command takes that changes something.
struct ChangeOptions: ParsableArguments {
  @Option(
    help: .said(
      en: "Why; it stands in the change log.",
      pt: "Por quê; fica no histórico de mudanças.",
      fr: "Pourquoi ; c’est inscrit dans le journal des changements.",
      valueName: "text"))
  var reason: String?

  @Flag(
    help: .said(
      en: "Only tell what would happen.",
      pt: "Só dizer o que aconteceria.",
      fr: "Dire seulement ce qui se passerait."))
  var dryRun = false

  /// As the bodies of requests have it: absent means no.
  var dryRunField: Bool? { dryRun ? true : nil }
}

/// What commands take that cannot be taken back with one other command.
struct ConfirmOptions: ParsableArguments {
  @Flag(
    name: [.short, .long],
    help: .said(
      en: "Do it without asking.",
      pt: "Fazer sem perguntar.",
      fr: "Le faire sans demander."))
  var yes = false
}

/// How much of a list.
struct LimitOptions: ParsableArguments {
  @Option(
    name: [.customShort("l", allowingJoined: true), .long], parsing: .unconditional,
    help: .said(
      en: "At most so many.",
      pt: "No máximo este número.",
      fr: "Au plus ce nombre.",
      valueName: "number"))
  var limit: Int?

  @Flag(
    help: .said(
      en: "All of them, however many.",
      pt: "Todos, quantos forem.",
      fr: "Tous, quel qu’en soit le nombre."))
  var all = false

  func validate() throws {
    if let limit, limit < 1 {
      throw ValidationError(
        said(
          en: "--limit has to be 1 or more.", pt: "--limit precisa ser 1 ou mais.",
          fr: "--limit doit être 1 ou plus."))
    }
    if limit != nil && all {
      throw ValidationError(
        said(
          en: "--limit and --all exclude each other.", pt: "--limit e --all não se combinam.",
          fr: "--limit et --all s’excluent."))
    }
  }

  /// Nil for all.
  func limit(default standard: Int?) -> Int? {
    all ? nil : limit ?? standard
  }
}
