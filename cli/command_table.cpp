// Covered by tests/cli/completion_test.py.
#include "cli/command_table.h"

#include "cli/command.h"

namespace proviso::cli {
namespace {

OptionEntry entry_of(const CLI::Option& option) {
    const std::string value = option.get_items_expected_max() > 0 ? option.get_option_text() : "";
    return {option.get_snames(), option.get_lnames(), value, option.get_description(),
            words_of(&option)};
}

CommandEntry entry_of(const CLI::App& app) {
    CommandEntry entry;
    entry.help = app.get_description();
    entry.footer = app.get_footer();
    for (const CLI::Option* option : app.get_options()) {
        auto& list = option->get_positional() ? entry.positionals : entry.options;
        list.push_back(entry_of(*option));
    }
    return entry;
}

}  // namespace

CommandEntry program_entry(const CLI::App& root) {
    return entry_of(root);
}

std::vector<CommandEntry> command_entries(const CLI::App& root) {
    std::vector<CommandEntry> entries;
    for (const CLI::App* command : root.get_subcommands(nullptr)) {
        entries.push_back(entry_of(*command));
        entries.back().name = command->get_name();
    }
    return entries;
}

std::vector<std::string> spellings(const OptionEntry& option) {
    std::vector<std::string> all;
    for (const std::string& name : option.short_names) all.push_back("-" + name);
    for (const std::string& name : option.long_names) all.push_back("--" + name);
    return all;
}

}  // namespace proviso::cli
