import ArgumentParser

struct CustomerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "customer",
    abstract: "Register, find, change and merge customers.",
    subcommands: [
      CustomerList.self, CustomerShow.self, CustomerFind.self, CustomerRegister.self,
      CustomerRevise.self, CustomerMerge.self,
    ],
    aliases: ["customers"])
}
