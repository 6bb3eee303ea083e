import ArgumentParser

struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: said(
      en: "The change log, and what proves it.",
      pt: "O histórico de mudanças, e o que o prova.",
      fr: "Le journal des changements, et ce qui le prouve."),
    discussion: said(
      en: """
        Without a subcommand it shows the change log: `tagledger log --customer Ana` is \
        `tagledger log show --customer Ana`.
        """,
      pt: """
        Sem subcomando, mostra o histórico de mudanças: `tagledger log --customer Ana` é o mesmo \
        que `tagledger log show --customer Ana`.
        """,
      fr: """
        Sans sous-commande, montre le journal des changements : `tagledger log --customer Ana` \
        équivaut à `tagledger log show --customer Ana`.
        """),
    subcommands: [
      Log.self, LogReceipt.self, LogCheck.self, LogCheckpoint.self, LogKey.self,
    ],
    defaultSubcommand: Log.self)
}
