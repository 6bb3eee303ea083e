import ArgumentParser

struct CustomerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "customer",
    abstract: "Register, find, change, merge and erase customers.",
    subcommands: [
      CustomerList.self, CustomerShow.self, CustomerFind.self, CustomerRegister.self,
      CustomerRevise.self, CustomerMerge.self, CustomerErase.self,
      CustomerReportCommand.self,
    ],
    aliases: ["customers"])
}
