from minben.config.cli import main

main()
