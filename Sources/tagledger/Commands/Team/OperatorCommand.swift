import ArgumentParser

struct OperatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "operator",
    abstract: said(
      en: "Take people and programs into the team.",
      pt: "Incluir pessoas e programas na equipe.",
      fr: "Faire entrer des personnes et des programmes dans l’équipe."),
    subcommands: [
      OperatorAdd.self, OperatorRevise.self, OperatorArchive.self, OperatorRestore.self,
      OperatorIdentify.self,
    ])
}
