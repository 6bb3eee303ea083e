import ArgumentParser

struct CustomerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "customer",
    abstract: said(
      en: "Register, find, change, merge and erase customers.",
      pt: "Cadastrar, encontrar, alterar, unir e apagar clientes.",
      fr: "Enregistrer, trouver, modifier, fusionner et effacer des clients."),
    subcommands: [
      CustomerList.self, CustomerShow.self, CustomerFind.self, CustomerRegister.self,
      CustomerRevise.self, CustomerMerge.self, CustomerErase.self,
      CustomerReportCommand.self,
    ],
    aliases: ["customers"])
}
