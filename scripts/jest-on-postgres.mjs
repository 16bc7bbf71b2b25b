process.env.ATTESTRY_TEST_ON = "postgres";
